using System.Net;
using Orrery.Cli.Runtime;
using Orrery.Client;
using Shouldly;
using Xunit;

namespace Orrery.Cli.Tests;

public sealed class ErrorTests
{
    [Theory]
    [InlineData(400, "validation_error", ExitCodes.BadInput)]
    [InlineData(413, "payload_too_large", ExitCodes.BadInput)]
    [InlineData(422, "idempotency_mismatch", ExitCodes.BadInput)]
    [InlineData(422, "infeasible", ExitCodes.Infeasible)]
    [InlineData(422, "preview_only", ExitCodes.Infeasible)]
    [InlineData(409, "plan_changed", ExitCodes.Infeasible)]
    [InlineData(409, "already_finished", ExitCodes.WorkloadFailed)]
    [InlineData(404, "not_found", ExitCodes.NotFound)]
    [InlineData(401, "invalid_api_key", ExitCodes.Unauthorised)]
    [InlineData(403, "forbidden", ExitCodes.Unauthorised)]
    [InlineData(429, "rate_limited", ExitCodes.Unreachable)]
    [InlineData(500, "internal_error", ExitCodes.Unreachable)]
    [InlineData(507, "storage_full", ExitCodes.Unreachable)]
    public void Every_refusal_has_its_exit_code(int status, string code, int expected) =>
        ErrorReport.Code(new OrreryApiException((HttpStatusCode)status, code, "no")).ShouldBe(expected);

    [Fact]
    public async Task A_refused_field_is_named_on_stderr()
    {
        var problem = Answers.Problem("validation_error", "One field is wrong.", """{"parallelism.stages":["must be 1 or more"]}""");
        var line = new CommandLine(new FakeServer().On("POST /v1/workloads/preview", problem, HttpStatusCode.BadRequest)) { Input = "{}" };
        (await line.Run("jobs", "preview", "--file", "-")).ShouldBe(ExitCodes.BadInput);
        line.Error.ShouldContain("error: One field is wrong. (validation_error)");
        line.Error.ShouldContain("  parallelism.stages: must be 1 or more");
        line.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_key_it_says_where_one_comes_from()
    {
        var line = new CommandLine(new FakeServer().On("GET /v1/workloads", Answers.Problem("invalid_api_key", "No key."), HttpStatusCode.Unauthorized));
        (await line.Run("jobs", "list")).ShouldBe(ExitCodes.Unauthorised);
        line.Error.ShouldContain("ORRERY_API_KEY");
    }

    [Theory]
    [InlineData("{\"mode\": }", "line 1, column 10")]
    [InlineData("[1]", "expected one JSON object")]
    public async Task Input_that_is_no_json_object_never_leaves_the_machine(string input, string message)
    {
        var server = new FakeServer();
        var line = new CommandLine(server) { Input = input };
        (await line.Run("jobs", "submit", "--file", "-")).ShouldBe(ExitCodes.BadInput);
        line.Error.ShouldContain(message);
        server.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("jobs preview", "--file")]
    [InlineData("jobs list --colour", "--colour")]
    [InlineData("jobs", "orrery jobs submit")]
    [InlineData("up --set nonsense", "expected Section:Name=value")]
    [InlineData("jobs list --limit many", "many")]
    public async Task Wrong_usage_says_what_would_be_right(string arguments, string message)
    {
        var line = new CommandLine(new FakeServer());
        (await line.Run(arguments.Split(' '))).ShouldBe(ExitCodes.BadInput);
        line.Error.ShouldContain(message);
        line.Error.ShouldContain("--help");
    }

    [Fact]
    public async Task Every_command_helps_before_anything_it_needs_is_given()
    {
        var commands = Paths(OrreryCommand.Create(new CommandLine(new FakeServer()).Terminal), []).ToList();
        commands.Count.ShouldBeGreaterThan(30);
        foreach (var path in commands)
        {
            foreach (var help in new[] { "--help", "-h" })
            {
                var line = new CommandLine(new FakeServer());
                (await line.Run([.. path, help])).ShouldBe(ExitCodes.Ok, string.Join(' ', path));
                line.Output.ShouldContain("Usage:");
            }
        }
    }

    private static IEnumerable<string[]> Paths(System.CommandLine.Command command, string[] path) =>
        command.Subcommands.SelectMany(sub => Paths(sub, [.. path, sub.Name])).Prepend(path);

    [Fact]
    public async Task A_wrong_address_is_wrong_input()
    {
        var line = new CommandLine(new FakeServer());
        (await line.Run("jobs", "list", "--api-url", "localhost:7070")).ShouldBe(ExitCodes.BadInput);
        line.Error.ShouldContain("http://host:port");
    }

    [Fact]
    public async Task Interrupted_is_130()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        (await OrreryProgram.Run(["jobs", "list"], new CommandLine(new FakeServer()).Terminal, stopped.Token)).ShouldBe(ExitCodes.Interrupted);
    }

    [Fact]
    public async Task Version_is_the_programs_own()
    {
        var line = new CommandLine(new FakeServer());
        (await line.Run("version")).ShouldBe(ExitCodes.Ok);
        line.Output.Trim().ShouldBe($"orrery {VersionCommand.Version}");
        Version.Parse(VersionCommand.Version).ShouldBeGreaterThan(new Version(0, 0));
    }
}
