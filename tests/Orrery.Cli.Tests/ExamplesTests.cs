using System.Text.Json;
using Orrery.Cli.Hosting;
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
