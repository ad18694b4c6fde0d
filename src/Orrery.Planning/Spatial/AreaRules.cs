using NetTopologySuite.Operation.Valid;

namespace Orrery.Planning.Spatial;

/// <summary>Whether an outline encloses an area at all.</summary>
public static class AreaRules
{
    /// <returns>What is wrong and where, like a ring that crosses itself or a hole outside; null: nothing.</returns>
    public static string? Problem(GeoArea area)
    {
        ArgumentNullException.ThrowIfNull(area);
        var wrong = area.Polygons.Select(polygon => new IsValidOp(ProjectedArea.InDegrees(polygon)).ValidationError).FirstOrDefault(error => error is not null);
        return wrong is null ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{wrong.Message.ToLowerInvariant()} at [{wrong.Coordinate.X:0.####}, {wrong.Coordinate.Y:0.####}]");
    }
}
