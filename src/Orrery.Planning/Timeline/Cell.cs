namespace Orrery.Planning.Timeline;

/// <summary>A time in which a rate is constant or changes linearly.</summary>
/// <param name="Start">Seconds since 1970.</param>
/// <param name="End">Seconds since 1970.</param>
/// <param name="Amount">TFLOP, MB or seconds of computing done from start to end.</param>
/// <param name="Tag">What the caller needs to know of it: a contact's index, or 1 in umbra.</param>
/// <param name="Delay">Seconds from the end of sending to arrival; 0 for computing.</param>
/// <param name="Slope">By how much the rate (amount per second) grows in a second.</param>
internal readonly record struct Cell(double Start, double End, double Amount, int Tag, double Delay = 0, double Slope = 0)
{
    private double FirstRate => (Amount / (End - Start)) - (Slope * (End - Start) / 2);

    /// <summary>The amount done from the cell's start until a time in it.</summary>
    public double Until(double time)
    {
        if (time >= End)
            return Amount;
        var seconds = time - Start;
        return seconds <= 0 ? 0 : Math.Clamp(seconds * (FirstRate + (Slope * seconds / 2)), 0, Amount);
    }

    /// <summary>The time by which a part of the amount is done.</summary>
    public double Reach(double part)
    {
        if (part <= 0 || Amount <= 0)
            return Start;
        if (part >= Amount)
            return End;
        var first = FirstRate;
        var last = Math.Sqrt(Math.Max(0, (first * first) + (2 * Slope * part)));
        return Math.Min(End, Start + (2 * part / (first + last)));
    }

    /// <summary>The part of the cell between two times.</summary>
    public Cell Cut(double from, double to)
    {
        var start = Math.Max(Start, from);
        var end = Math.Min(End, to);
        return this with { Start = start, End = end, Amount = end > start ? Until(end) - Until(start) : 0 };
    }
}
