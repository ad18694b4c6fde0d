using Orrery.Contracts.Workloads;
using Orrery.Planning;

namespace Orrery.Server.Workloads;

/// <summary>A plan as the API shows it.</summary>
internal static class PlanMapping
{
    public static PlanView View(Plan plan) => new()
    {
        Feasible = plan.Feasible,
        Reasons = [.. plan.Reasons.Select(reason => new PlanReasonView(reason.Code, $"{reason.Message} {reason.Remedy}", reason.Numbers))],
        IslBound = plan.IslBound,
        QualityTier = plan.QualityTier,
        Stages = plan.Stages.Count,
        Partition =
        [
            .. plan.Stages.Select(stage => new PartitionView(
                stage.Index, Satellite(stage), [.. stage.Layers.Select(layer => new LayerShareView(layer.Name, layer.Fraction))],
                stage.ComputeTflop, stage.ActivationOutMb, stage.Role, stage.Round, stage.Location == StageLocation.Ground ? "ground" : "orbit", stage.Inputs)),
        ],
        Timeline = [.. plan.Stages.Select(stage => new TimelineView(stage.Index, Satellite(stage), stage.Start, stage.End))],
        Transfers =
        [
            .. plan.Transfers.Select(transfer => new TransferView(
                transfer.From, transfer.To, transfer.Route, transfer.Mb, transfer.Start, transfer.End, transfer.Contact)),
        ],
        MakespanS = plan.Feasible ? plan.MakespanS : null,
        Bottleneck = plan.Bottleneck,
        LowerBoundS = plan.Feasible ? plan.LowerBoundS : null,
        Gap = plan.Feasible ? plan.GapFraction : null,
        Considered = plan.Considered,
        Coverage = plan.Coverage.Count == 0 ? null :
        [
            .. plan.Coverage.Select(tile => new TileCoverageView(
                tile.Stage, tile.SatelliteId.ToString(), tile.Share, tile.SeenTo, tile.DeliveredAt, tile.Covered, Geometry(plan.Stages[tile.Stage].Tile!.Area))),
        ],
        Training = plan.Training is { } training
            ? new TrainingView(
                training.Workers, training.ComputePerStepS, training.RingAllReduceS, training.TreeAllReduceS, training.GradientMb, training.Efficiency,
                training.OneWorkerS, training.GroundS)
            : null,
        Notes = plan.Notes,
        Fingerprint = plan.Fingerprint,
    };

    public static CostView Cost(Price price) =>
        new((long)price.Ocu, (long)price.Cents, (long)price.PerStageOcu, price.Stages, (long)price.CentsPerOcu);

    /// <summary>The tariff applied to the stage runs that finished.</summary>
    public static CostView Charged(Price planned, int stagesDone)
    {
        var ocu = (long)planned.PerStageOcu * stagesDone;
        return new CostView(ocu, ocu * (long)planned.CentsPerOcu, (long)planned.PerStageOcu, stagesDone, (long)planned.CentsPerOcu);
    }

    public static GeometryView Geometry(GeoArea area) => new(
        "MultiPolygon",
        [.. area.Polygons.Select(polygon => polygon.Rings.Select(ring => ring.Select(point => new[] { Math.Round(point.LongitudeDeg, 4), Math.Round(point.LatitudeDeg, 4) }).ToArray()).ToArray())]);

    private static string? Satellite(PlannedStage stage) => stage.SatelliteId?.ToString();
}
