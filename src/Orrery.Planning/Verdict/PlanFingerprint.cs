using System.Security.Cryptography;
using System.Text;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Verdict;

/// <summary>A hash of what a verdict says: partition, satellites, times to 0.1 s, price; equal on any machine.</summary>
internal static class PlanFingerprint
{
    private const int HexDigits = 32;

    public static string Of(Plan plan)
    {
        var text = new StringBuilder($"{plan.Feasible}|{plan.IslBound}|{plan.Price.Cents:0.##}|{string.Join(',', plan.Reasons.Select(reason => reason.Code))}");
        if (plan.QualityTier is { } tier)
            text.Append($"\ntier {tier}");
        foreach (var stage in plan.Stages)
        {
            text.Append($"\nstage {stage.Index} {stage.Round} {stage.Role} {stage.Location} {stage.SatelliteId} {Time(stage.Start)} {Time(stage.End)}");
            foreach (var share in stage.Layers)
                text.Append($" {share.Name}:{share.Fraction:0.######}");
        }

        foreach (var transfer in plan.Transfers)
            text.Append($"\ntransfer {transfer.FromStage}>{transfer.ToStage} {transfer.From} {transfer.To} {transfer.Mb:0.###} {Time(transfer.Start)} {Time(transfer.End)}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..HexDigits];
    }

    private static string Time(DateTimeOffset time) => Math.Round(Instant.Of(time), 1).ToString("0.0");
}
