namespace Orrery.Planning.Expansion;

/// <summary>
/// Rounds of federated averaging (McMahan et al., AISTATS 2017, algorithm 1): the model goes up to the clients, each
/// trains on the data that it holds, only its compressed update comes down, the ground averages, the next round begins.
/// </summary>
internal sealed class FederatedExpansion : IExpansion
{
    public const string Client = "client";
    public const string Aggregate = "aggregate";

    public WorkloadClass Class => WorkloadClass.Federated;

    public StageGraph Expand(ExpansionContext context)
    {
        var spec = context.Spec;
        var clients = context.Previous?.Stages.Count(stage => stage is { Role: Client, Round: 0 }) ?? Clients(context);
        var stages = new List<StageSpec>();
        for (var round = 0; round < spec.Rounds; round++)
        {
            var model = round == 0 ? (int?)null : stages.Count - 1;
            var first = stages.Count;
            for (var i = 0; i < clients; i++)
                stages.Add(ClientOf(context, round, stages.Count, model, clients));
            stages.Add(new()
            {
                Index = stages.Count,
                Round = round,
                Role = Aggregate,
                Eligible = StageLocation.Ground,
                Inputs = [.. Enumerable.Range(first, clients)],
                DurationS = context.Options.JoinS,
                OutputMb = round == spec.Rounds - 1 ? 0 : ModelMb(spec),
            });
        }

        return new() { Stages = stages, Notes = [.. Notes(context, clients)] };
    }

    private static StageSpec ClientOf(ExpansionContext context, int round, int index, int? model, int clients)
    {
        var spec = context.Spec;
        return new()
        {
            Index = index,
            Round = round,
            Role = Client,
            Group = round,
            Inputs = model is { } aggregate ? [aggregate] : [],
            InputMb = model is null ? ModelMb(spec) : 0,
            ComputeTflop = spec.Layers.Count == 0 || spec.DurationS is not null ? 0 : WholeModel.TflopPerBatch(spec with { Training = true }) * spec.Batches / clients,
            DurationS = StageDuration.Of(spec, context.Options),
            OutputMb = UpdateMb(spec, context.Options),
            MemoryMb = WholeModel.ParamsMb(spec),
            Layers = WholeModel.Shares(spec),
        };
    }

    /// <summary>All that are named; else as many as the round waits for.</summary>
    private static int Clients(ExpansionContext context) => Math.Max(1, context.Spec.MinParticipants ?? (context.Spec.NamesSatellites ? context.Candidates : Math.Min(context.Candidates, context.Options.UsualClients)));

    private static double ModelMb(WorkSpec spec) => WholeModel.ParamsMb(spec) is > 0 and var mb ? mb : spec.InputMb;

    private static double UpdateMb(WorkSpec spec, PlanningOptions options) => WholeModel.ParamsMb(spec) is > 0 and var mb ? mb * options.UpdateFraction : spec.OutputMb;

    private static IEnumerable<string> Notes(ExpansionContext context, int clients)
    {
        var (spec, options) = (context.Spec, context.Options);
        foreach (var note in StageDuration.Notes(spec, options))
            yield return note;
        yield return $"Each round has the {clients} clients of {context.Candidates} whose updates are on the ground first; the others are dropped by the schedule.";
        yield return WholeModel.ParamsMb(spec) is > 0 and var mb
            ? $"The model ({mb:0.###} MB) goes up in each round; only updates leave orbit, compressed to {mb * options.UpdateFraction:0.###} MB (int8 for float32)."
            : $"The model has no params_mb: data.input_mb ({spec.InputMb:0.###} MB) goes up and data.output_mb ({spec.OutputMb:0.###} MB) comes down for each client and round.";
        yield return $"The ground averages the updates within {options.JoinS:0.###} s.";
    }
}
