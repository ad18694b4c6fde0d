using System.Text.Json;
using Orrery.Cli.Clusters.Input;
using Orrery.Cli.Hosting;
using Orrery.Contracts.Clusters;
using Orrery.Contracts.Json;
using Shouldly;
using Xunit;

namespace Orrery.Cli.Tests;

public sealed class ExamplesTests
{
    [Fact]
    public void Model_parallel_is_the_documented_request()
    {
        var documented = JsonDocument.Parse("""
            {
              "placement": { "satellites": [25544, 48274, 53807] },
              "parallelism": { "class": "model-parallel", "stages": 3 },
              "model": { "layers": [{"name":"embed","compute_fwd":2,"activation_mb":4}] }
            }
            """).RootElement;
        JsonElement.DeepEquals(Read("model-parallel.json"), documented).ShouldBeTrue();
    }

    [Theory]
    [InlineData("model-parallel.json")]
    [InlineData("single.json")]
    [InlineData("three-agents-live.json")]
    public void Every_example_has_only_members_that_the_server_knows(string name) =>
        Read(name).Deserialize(WireJson.Default.WorkloadRequest).ShouldNotBeNull();

    public static TheoryData<string> Yaml =>
        [.. Directory.EnumerateFiles(Examples.Folder, "*.yaml", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Examples.Folder, f))];

    [Theory]
    [MemberData(nameof(Yaml))]
    public async Task Every_cluster_example_is_a_request_without_members_that_the_API_does_not_have(string name)
    {
        var server = new FakeServer().On("POST /api/v1/workloads", """{"workloadId":"example-bcdfg"}""");
        var line = new CommandLine(server);
        (await line.Run("cluster", "create", "--file", Path.Combine(Examples.Folder, name))).ShouldBe(ExitCodes.Ok, line.Error);
        foreach (var call in server.Calls)
        {
            var request = JsonSerializer.Deserialize(call.Body, ClusterJson.Default.CreateWorkloadRequest)!;
            request.Unknown.ShouldBeNull();
            request.Resource!.Unknown.ShouldBeNull();
            request.DisplayName.ShouldNotBeNullOrEmpty();
            ShellText.Decoded(request.EntryPoint!).ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public async Task The_training_script_travels_with_its_workload()
    {
        var server = new FakeServer().On("POST /api/v1/workloads", """{"workloadId":"example-bcdfg"}""");
        await new CommandLine(server).Run("cluster", "create", "--file", Path.Combine(Examples.Folder, "pytorch-ddp/workload.yaml"));
        var source = ShellText.Decoded(JsonSerializer.Deserialize(server.Calls[0].Body, ClusterJson.Default.CreateWorkloadRequest)!.EntryPoint!)!;
        source.ShouldContain("dist.init_process_group(\"gloo\")");
        source.ShouldEndWith("exec /usr/bin/python3 -u \"$script\"\n");
    }

    [Fact]
    public void Three_agents_run_live() => Read("three-agents-live.json").GetProperty("mode").GetString().ShouldBe("live");

    [Fact]
    public void The_demo_submits_the_documented_request_at_the_elements_epoch()
    {
        var epoch = new DateTimeOffset(2026, 3, 7, 12, 0, 0, TimeSpan.Zero);
        var workload = DemoWorkload.Create(epoch);
        workload.Placement!.Satellites!.Select(s => s.Value).ShouldBe(["25544", "48274", "53807"]);
        workload.Parallelism!.Class.ShouldBe("model-parallel");
        workload.Model!.Layers.ShouldHaveSingleItem().ComputeFwd.ShouldBe(2);
        workload.Policy!.StartAt.ShouldBe(epoch);
        workload.Mode.ShouldBe("simulated");
    }

    private static JsonElement Read(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Examples.Folder, name))).RootElement;
}
