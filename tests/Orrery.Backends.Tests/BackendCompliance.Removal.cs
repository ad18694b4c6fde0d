using Orrery.Contracts.Runs;
using Shouldly;
using Xunit;

namespace Orrery.Backends.Tests;

/// <summary>What is removed is gone, and told to be.</summary>
public abstract partial class BackendCompliance
{
    [Fact]
    public async Task Removing_what_never_was_tells_removed()
    {
        var run = Run("true");
        await server.Snapshot();
        await Remove(run);
        (await server.Until(run.WorkloadId, status => status.Phase == RunPhases.Removed, "removal")).Run.ShouldBe(0);
    }

    [Theory]
    [InlineData(WorkloadKinds.PyTorchJob, "trap '' TERM; (setsid sh -c 'while :; do sleep 0.1; done' &); echo up; while :; do sleep 0.1; done")]
    [InlineData(WorkloadKinds.Deployment, Sleeps)]
    [InlineData(WorkloadKinds.StatefulSet, Sleeps)]
    [InlineData(WorkloadKinds.Authoring, Sleeps)]
    public async Task Removing_a_running_one_leaves_nothing(string kind, string script)
    {
        var run = Run(script, kind, replicas: kind == WorkloadKinds.Authoring ? 1 : 2);
        await Apply(run);
        await server.Until(run.WorkloadId, RunPhases.Running);
        await server.UntilLogged(Pod(run), "up");
        place.Left(run.WorkloadId).ShouldNotBeEmpty();
        await Remove(run);
        await server.Until(run.WorkloadId, RunPhases.Removed);
        place.Everything(run.WorkloadId).ShouldBeEmpty();
        (await server.Lines(Pod(run))).ShouldContain("up"); // logs outlive it
        await server.Backend.DiscardLogs(run.WorkloadId, CancellationToken.None);
        (await server.Lines(Pod(run))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Folders_deeper_than_a_path_and_names_that_are_not_text_go_too()
    {
        var deep = string.Concat(Enumerable.Repeat("d/", 1_500));
        var run = Run($"mkdir -p ~ {deep} && cd -P {deep} && mkdir -p {deep} && touch \"$(printf 'a\\377b')\" ~/\"$(printf 'c\\376')\" && echo made");
        await Apply(run);
        await server.Until(run.WorkloadId, RunPhases.Succeeded);
        (await server.Lines(Pod(run))).ShouldBe(["made"]);
        await Remove(run);
        await server.Until(run.WorkloadId, RunPhases.Removed);
        place.Everything(run.WorkloadId).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_removed_run_that_is_applied_late_is_told_removed_and_never_runs()
    {
        var run = Run("echo ran");
        await Apply(run);
        await server.Until(run.WorkloadId, RunPhases.Succeeded);
        await Remove(run);
        await server.Until(run.WorkloadId, RunPhases.Removed);
        var told = server.Told(run.WorkloadId).Count;
        await Apply(run);
        await server.Until(run.WorkloadId, _ => server.Told(run.WorkloadId).Count > told, "another word");
        server.Told(run.WorkloadId)[^1].Phase.ShouldBe(RunPhases.Removed);
        (await server.Lines(Pod(run))).ShouldBe(["ran"]);
        var again = At(2, run);
        await Apply(again);
        await server.Until(run.WorkloadId, RunPhases.Succeeded, run: 2);
    }

    [Fact]
    public async Task Repeated_removals_are_each_answered()
    {
        var run = Run(Sleeps);
        await Apply(run);
        await server.Until(run.WorkloadId, RunPhases.Running);
        await Task.WhenAll(Remove(run), Remove(run));
        await server.Until(run.WorkloadId, RunPhases.Removed);
        await Remove(run);
        await server.Until(run.WorkloadId, RunPhases.Removed);
        await Nothing(run);
    }
}
