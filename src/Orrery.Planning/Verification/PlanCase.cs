using Orrery.Orbits;

namespace Orrery.Planning.Verification;

/// <summary>A feasible plan with its input, and what the checks look up in them.</summary>
internal sealed class PlanCase
{
    private readonly Dictionary<string, ObservedSatellite> satellites;
    private readonly Dictionary<string, GroundStation> stations;
    private readonly Dictionary<int, FinishedStage> finished;

    public PlanCase(PlanningInput input, Plan plan)
    {
        Input = input;
        Plan = plan;
        satellites = input.Fleet.Satellites.ToDictionary(satellite => $"{satellite.Elements.NoradId}", satellite => new ObservedSatellite(satellite));
        stations = input.Fleet.Stations.ToDictionary(station => station.Id);
        finished = input.Finished.ToDictionary(stage => stage.Index);
    }

    public PlanningInput Input { get; }

    public Plan Plan { get; }

    public WorkSpec Spec => Input.Spec;

    /// <summary>Nothing new starts before.</summary>
    public DateTimeOffset Earliest => Input.NotBefore is { } notBefore && notBefore > Spec.StartAt ? notBefore : Spec.StartAt;

    /// <summary>Stages that have not ended yet.</summary>
    public IEnumerable<PlannedStage> Pending => Plan.Stages.Where(stage => !finished.ContainsKey(stage.Index));

    /// <summary>The legs that move data to pending stages or to the ground.</summary>
    public IEnumerable<PlannedTransfer> PendingLegs => Plan.Transfers.Where(leg => leg.ToStage is not { } to || !finished.ContainsKey(to));

    /// <summary>The end of the last stage or transfer.</summary>
    public DateTimeOffset End => Plan.Stages.Select(stage => stage.End).Concat(Plan.Transfers.Select(leg => leg.End)).DefaultIfEmpty(Spec.StartAt).Max();

    public FinishedStage? Finished(int index) => finished.GetValueOrDefault(index);

    public ObservedSatellite? Satellite(string node) => satellites.GetValueOrDefault(node);

    public ObservedSatellite? Satellite(PlannedStage stage) => stage.SatelliteId is { } id ? Satellite($"{id}") : null;

    public GroundStation? Station(string node) => stations.GetValueOrDefault(node);

    public bool IsKnown(string node) => satellites.ContainsKey(node) || stations.ContainsKey(node);
}
