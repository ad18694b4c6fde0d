using Orrery.Planning.Timeline;

namespace Orrery.Planning.Routing.Contacts;

/// <summary>A time of constant rate.</summary>
/// <param name="Start">Seconds since 1970.</param>
/// <param name="End">Seconds since 1970.</param>
/// <param name="MbPerS">MB per second, not negative.</param>
internal readonly record struct RatePiece(double Start, double End, double MbPerS)
{
    /// <summary>The pieces of a curve, each cell at its mean rate: volumes at the cells' ends are exact.</summary>
    public static IReadOnlyList<RatePiece> Of(Curve volume)
    {
        var pieces = new List<RatePiece>();
        foreach (var cell in volume.Cells)
        {
            if (cell.End > cell.Start)
                pieces.Add(new(cell.Start, cell.End, cell.Amount / (cell.End - cell.Start)));
        }

        return pieces;
    }
}
