namespace Orrery.Planning.Expansion;

/// <summary>Shards of the data on satellites of their own, as large as suits each; combined on the ground.</summary>
internal sealed class DataParallelExpansion : IExpansion
{
    public const string Shard = "shard";
    public const string Combine = "combine";

    public WorkloadClass Class => WorkloadClass.DataParallel;

    public StageGraph Expand(ExpansionContext context)
    {
        var spec = context.Spec;
        var before = context.Previous?.Stages.Where(stage => stage.Role == Shard).ToList();
        var count = before is { Count: > 0 } ? before.Count : spec.Shards ?? Math.Clamp(Math.Min(spec.Batches, context.Candidates), 1, context.Options.UsualShards);
        var parts = Math.Max(spec.Batches, count);
        var batches = (double)spec.Batches / parts;
        var shared = new SharedWork(parts, WholeModel.TflopPerBatch(spec) * batches, spec.InputMb / parts, spec.OutputMb / parts);
        var duration = StageDuration.Of(spec, context.Options);
        var shards = Enumerable.Range(0, count).Select(i => new StageSpec
        {
            Index = i,
            Role = Shard,
            Group = 0,
            DurationS = duration,
            MemoryMb = WholeModel.ParamsMb(spec),
            Layers = WholeModel.Shares(spec),
        });
        return new()
        {
            Stages =
            [
                .. shards.Select((shard, i) => Sized(shared, shard, before?.ElementAtOrDefault(i)?.Parts ?? Even(parts, count, i))),
                new() { Index = count, Role = Combine, Eligible = StageLocation.Ground, Inputs = [.. Enumerable.Range(0, count)], DurationS = context.Options.JoinS },
            ],
            Shared = before is null && duration is null ? shared : null,
            Notes = [.. Notes(context, count, parts)],
        };
    }

    private static StageSpec Sized(SharedWork shared, StageSpec shard, int parts) => shard.DurationS is null
        ? shared.Give(shard, parts)
        : shared.Give(shard, parts) with { ComputeTflop = 0 };

    private static int Even(int parts, int count, int index) => (parts / count) + (index < parts % count ? 1 : 0);

    private static IEnumerable<string> Notes(ExpansionContext context, int count, int parts)
    {
        foreach (var note in StageDuration.Notes(context.Spec, context.Options))
            yield return note;
        if (context.Spec.Shards is null)
            yield return $"parallelism.shards is not given: {count}, one a batch, at most {context.Options.UsualShards}.";
        if (parts > context.Spec.Batches)
            yield return $"Fewer batches ({context.Spec.Batches}) than shards ({count}): each shard works on {(double)context.Spec.Batches / parts:0.###} of a batch.";
        yield return $"The ground combines the results within {context.Options.JoinS:0.###} s.";
    }
}
