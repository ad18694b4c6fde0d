using System.Text.Json;
using Orrery.Contracts.Clusters;
using Orrery.Contracts.Runs;
using Orrery.Server.Clusters.Requests;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Clusters.Requests;

public sealed class PatchRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What becomes of each member: changed, rolled out, or refused with Conflict or BadRequest.</summary>
    private const string Table =
        """
        member                             Waiting  DispatchedJob  LiveService  Ended
        "description":"x"                  changed  changed        changed      Conflict
        "priority":1                       changed  changed        changed      Conflict
        "timeout":60                       changed  changed        changed      Conflict
        "cronJobs":[{"schedule":"0_3_*_*_*"}] changed changed      changed      Conflict
        "replica":3                        changed  Conflict       rollout      Conflict
        "cpu":"2"                          changed  Conflict       rollout      Conflict
        "gpu":"1"                          changed  Conflict       rollout      Conflict
        "memory":"2Gi"                     changed  Conflict       rollout      Conflict
        "ephemeralStorage":"1Gi"           changed  Conflict       rollout      Conflict
        "sharedMemory":"1Mi"               changed  Conflict       rollout      Conflict
        "image":"other"                    changed  Conflict       rollout      Conflict
        "entryPoint":"ZmFsc2U="            changed  Conflict       rollout      Conflict
        "env":{"B":"2"}                    changed  Conflict       rollout      Conflict
        "env":{}                           changed  Conflict       rollout      Conflict
        "env":{"A":"1"}                    changed  Conflict       changed      Conflict
        "displayName":"x"                  BadRequest BadRequest   BadRequest   BadRequest
        "nodes":[]                         BadRequest BadRequest   BadRequest   BadRequest
        "displayName":null                 changed  changed        changed      Conflict
        "replica":0,"cpu":"","image":""    changed  changed        changed      Conflict
        "unknown":1                        changed  changed        changed      Conflict
        """;

    [Fact]
    public void Every_member_in_every_state_is_taken_or_refused_as_documented()
    {
        var lines = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        foreach (var row in lines.Skip(1))
        {
            for (var column = 1; column < row.Length; column++)
            {
                var state = Enum.Parse<PatchState>(lines[0][column]);
                var result = Check($"{{{row[0].Replace('_', ' ')}}}", state);
                (result.Next is null ? result.Code : result.NeedsRollout ? "rollout" : "changed").ShouldBe(row[column], $"{row[0]} when {state}");
            }
        }
        lines[0].Length.ShouldBe(Enum.GetValues<PatchState>().Length + 1);
    }

    [Fact]
    public void Zero_is_a_priority_and_a_timeout_and_the_rest_stays()
    {
        var next = Check("{\"priority\":0,\"timeout\":0,\"description\":\"\"}", PatchState.Waiting).Next!;
        (next.Priority, next.TimeoutS, next.Description, next.Cpu, next.Replicas).ShouldBe((0, 0L, "", "1", 1));
    }

    [Fact]
    public void Shared_memory_follows_the_memory_unless_it_was_named()
    {
        Check("{\"memory\":\"4Gi\"}", PatchState.Waiting).Next!.SharedMemory.ShouldBe("2Gi");
        Check("{\"memory\":\"4Gi\",\"sharedMemory\":\"1Gi\"}", PatchState.Waiting).Next!.SharedMemory.ShouldBe("1Gi");
        Check("{\"sharedMemory\":\"2Gi\"}", PatchState.Waiting).Errors.Keys.ShouldBe(["sharedMemory"]);
    }

    [Fact]
    public void Replicas_are_not_set_beside_nodes_and_everything_wrong_is_told_at_once()
    {
        Check("{\"replica\":2}", PatchState.Waiting, Spec(PatchState.Waiting) with { SpecifiedNodes = ["a"] }).Errors.Keys.ShouldBe(["replica"]);
        Check("{\"replica\":-1,\"cpu\":\"x\",\"priority\":7,\"phase\":\"Running\"}", PatchState.Waiting).Errors.Keys.ShouldBe(["replica", "cpu", "priority", "phase"], ignoreOrder: true);
        Check("{\"unknown\":1}", PatchState.Waiting, strict: true).Errors.Keys.ShouldBe(["unknown"]);
        Check("{\"unknown\":1}", PatchState.Waiting).Warnings.ShouldHaveSingleItem().ShouldContain("unknown");
    }

    private static CheckedPatch Check(string body, PatchState state, ClusterSpec? spec = null, bool strict = false) => PatchRules.Check(
        JsonSerializer.Deserialize(body, ClusterJson.Default.PatchWorkloadRequest)!, spec ?? Spec(state), new Dictionary<string, string> { ["A"] = "1" }, state, null, Now, strict);

    private static ClusterSpec Spec(PatchState state)
    {
        var errors = new FieldErrors();
        var spec = ResourceRules.Read(
            new ClusterSpec
            {
                DisplayName = "patched",
                Kind = state == PatchState.LiveService ? WorkloadKinds.Deployment : WorkloadKinds.PyTorchJob,
                Replicas = 1,
                Cpu = "1",
                Memory = "1Gi",
                Priority = 2,
                TimeoutS = 5,
                Description = "before",
                EntryPoint = "dHJ1ZQ==",
                Image = "image",
            },
            "",
            errors);
        errors.Any.ShouldBeFalse();
        return spec;
    }
}
