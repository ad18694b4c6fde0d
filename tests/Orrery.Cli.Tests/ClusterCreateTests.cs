using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Orrery.Cli.Tests;

public sealed class ClusterCreateTests
{
    private const string Create = "POST /api/v1/workloads";

    private readonly FakeServer server = new FakeServer().On(Create, """{"workloadId":"train-bcdfg"}""");

    [Fact]
    public async Task Flags_alone_make_a_workload_with_defaults()
    {
        var line = new CommandLine(server);
        (await line.Run(
            "cluster", "create", "--name", "train", "--kind", "deployment", "--replicas", "2", "--env", "A=1", "B=x=y", "--timeout", "1h30m", "--ttl", "0s",
            "--port", "8000", "--label", "zone=a", "--schedule", "0 3 * * *", "--", "echo", "a b", "it's")).ShouldBe(ExitCodes.Ok, line.Error);
        line.Output.ShouldBe("train-bcdfg created\n");
        server.Calls[0].Line.ShouldBe("POST /api/v1/workloads?fieldValidation=Strict");
        var body = Body(0);
        body.Remove("entryPoint", out var entryPoint).ShouldBeTrue();
        Decoded(entryPoint!).ShouldBe("echo 'a b' 'it'\\''s'");
        JsonNode.DeepEquals(body, JsonNode.Parse("""
            {"resource":{"cpu":"1","memory":"1Gi","replica":2},"displayName":"train","timeout":5400,"ttlSecondsAfterFinished":0,
             "env":{"A":"1","B":"x=y"},"customerLabels":{"zone":"a"},"service":{"targetPort":8000},
             "groupVersionKind":{"kind":"Deployment"},"cronJobs":[{"schedule":"0 3 * * *","action":"start"}],"workspaceId":"default"}
            """)).ShouldBeTrue(body.ToJsonString());
    }

    [Fact]
    public async Task Yaml_keeps_text_as_text_and_flags_override_it()
    {
        var line = new CommandLine(server)
        {
            Input = """
                displayName: 2026          # text, however it looks
                resource: {replica: 2, cpu: 4, memory: 8Gi, gpu: 1}
                maxRetry: 3
                isSupervised: true
                env: {ON: yes, N: 010, T: true, EMPTY: ""}
                command: |
                  echo one
                  echo two
                """,
        };
        (await line.Run("cluster", "create", "-f", "-", "--cpu", "8", "--workspace", "vision", "-o", "name")).ShouldBe(ExitCodes.Ok, line.Error);
        line.Output.ShouldBe("train-bcdfg\n");
        var body = Body(0);
        body.Remove("entryPoint", out var entryPoint).ShouldBeTrue();
        Decoded(entryPoint!).ShouldBe("echo one\necho two");
        JsonNode.DeepEquals(body, JsonNode.Parse("""
            {"displayName":"2026","resource":{"replica":2,"cpu":"8","memory":"8Gi","gpu":"1"},"maxRetry":3,"isSupervised":true,
             "env":{"ON":"yes","N":"010","T":"true","EMPTY":""},"workspaceId":"vision"}
            """)).ShouldBeTrue(body.ToJsonString());
    }

    [Fact]
    public async Task Several_documents_are_several_workloads_and_may_depend_on_each_other()
    {
        var line = new CommandLine(server.On("GET /api/v1/workloads", ClusterAnswers.Page("old-zzzzz")))
        {
            Input = "displayName: prepare\n---\n- displayName: train\n  dependencies: [prepare, old]\n",
        };
        (await line.Run("cluster", "create", "-f", "-")).ShouldBe(ExitCodes.Ok, line.Error);
        line.Output.ShouldBe("train-bcdfg created\ntrain-bcdfg created\n");
        JsonNode.Parse(server.Calls[^1].Body)!["dependencies"]!.ToJsonString().ShouldBe("""["train-bcdfg","old-zzzzz"]""");
    }

    [Fact]
    public async Task A_script_travels_in_the_command()
    {
        var folder = Directory.CreateTempSubdirectory("orrery-cli-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "say.sh"), "#!/usr/bin/env bash\necho \"said $0\" '$HOME'\n", TestContext.Current.CancellationToken);
        var file = Path.Combine(folder.FullName, "w.yaml");
        await File.WriteAllTextAsync(file, "displayName: x\ncommandFile: say.sh\n", TestContext.Current.CancellationToken);
        var line = new CommandLine(server);
        (await line.Run("cluster", "create", "--file", file)).ShouldBe(ExitCodes.Ok, line.Error);
        folder.Delete(recursive: true);
        var source = Decoded(Body(0)["entryPoint"]!);
        source.ShouldContain("echo \"said $0\" '$HOME'");
        source.ShouldEndWith("exec /usr/bin/env bash \"$script\"\n");
    }

    [Theory]
    [InlineData("command: a\nentryPoint: YQ==", "a workload has one command")]
    [InlineData("a: [1", "is no YAML: line 2")]
    [InlineData("just text", "expected an object")]
    [InlineData("a: 1\na: 2", "Duplicate key")]
    [InlineData("{\"a\": }", "is no JSON: line 1, column 7")]
    [InlineData("", "holds nothing")]
    public async Task A_wrong_file_never_leaves_the_machine(string input, string message)
    {
        var line = new CommandLine(server) { Input = input };
        (await line.Run("cluster", "create", "-f", "-")).ShouldBe(ExitCodes.BadInput);
        line.Error.ShouldContain(message);
        server.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cluster create", "Say what to run")]
    [InlineData("cluster create train.yaml --name x", "a file is given with --file")]
    [InlineData("cluster create --name x --timeout soon --command true", "expected a duration like 2h")]
    [InlineData("cluster create --name x --env A --command true", "expected NAME=VALUE")]
    [InlineData("cluster create --name x --command a -- b", "one of --command")]
    public async Task Wrong_usage_says_what_would_be_right(string arguments, string message)
    {
        var line = new CommandLine(server);
        (await line.Run(arguments.Split(' '))).ShouldBe(ExitCodes.BadInput);
        line.Error.ShouldContain(message);
    }

    [Fact]
    public async Task Refused_fields_and_warnings_are_told()
    {
        server.On(Create, """{"errorCode":"BadRequest","errorMessage":"One field is wrong.","errors":{"resource.cpu":["'x' is no quantity"]}}""", HttpStatusCode.BadRequest)
            .WithHeader(Create, "Warning", "299 - \"seconds are cut\"");
        var line = new CommandLine(server);
        (await line.Run("cluster", "create", "--name", "x", "--command", "true")).ShouldBe(ExitCodes.BadInput);
        line.Error.ShouldContain("warning: seconds are cut\nerror: One field is wrong. (BadRequest)\n  resource.cpu: 'x' is no quantity");
    }

    [Theory]
    [InlineData("Succeeded", ExitCodes.Ok)]
    [InlineData("Failed", ExitCodes.WorkloadFailed)]
    [InlineData("Stopped", ExitCodes.WorkloadFailed)]
    public async Task A_watch_ends_with_the_workload(string phase, int exitCode)
    {
        server.On("GET /api/v1/workloads/train-bcdfg", ClusterAnswers.Json(ClusterAnswers.View(phase) with { Message = "so it is" }));
        var line = new CommandLine(server);
        (await line.Run("cluster", "create", "--name", "train", "--command", "true", "--watch")).ShouldBe(exitCode, line.Error);
        line.Output.ShouldContain($"train-bcdfg  {phase}  run 2  so it is");
    }

    [Fact]
    public async Task Help_teaches_by_example()
    {
        var line = new CommandLine(server);
        (await line.Run("cluster", "create", "--help")).ShouldBe(ExitCodes.Ok);
        line.Output.ShouldContain("orrery cluster create --name train --replicas 2");
        line.Output.ShouldContain("--max-retry");
    }

    private static string Decoded(JsonNode entryPoint) => Encoding.UTF8.GetString(Convert.FromBase64String(entryPoint.GetValue<string>()));

    private JsonObject Body(int call) => JsonNode.Parse(server.Calls[call].Body)!.AsObject();
}
