namespace Orrery.Planning.Routing.Contacts;

/// <summary>One opening of a link in one direction.</summary>
/// <param name="From">Node that sends: 0 … below the number of nodes.</param>
/// <param name="To">Node that receives.</param>
/// <param name="Rate">In the order of time, without overlap.</param>
/// <param name="DelayS">From the end of sending to arrival, seconds.</param>
internal sealed record GraphContact(int From, int To, IReadOnlyList<RatePiece> Rate, double DelayS = 0)
{
    /// <summary>Seconds since 1970.</summary>
    public double Start => Rate.Count == 0 ? double.PositiveInfinity : Rate[0].Start;

    /// <summary>Seconds since 1970.</summary>
    public double End => Rate.Count == 0 ? double.NegativeInfinity : Rate[^1].End;

    /// <summary>MB that it can carry.</summary>
    public double Mb => Rate.Sum(piece => (piece.End - piece.Start) * piece.MbPerS);
}

/// <summary>A part of a contact's rate that is taken for a time.</summary>
/// <param name="Contact">Index of the contact.</param>
/// <param name="Start">Seconds since 1970.</param>
/// <param name="End">Seconds since 1970.</param>
/// <param name="Share">Part of the rate, above 0 … 1.</param>
internal readonly record struct ContactBooking(int Contact, double Start, double End, double Share = 1);
