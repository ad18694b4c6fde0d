namespace Orrery.Planning.Routing.Contacts;

/// <summary>What goes over one contact in one interval of constant rates, evenly.</summary>
/// <param name="Contact">Index of the contact.</param>
/// <param name="Start">Seconds since 1970.</param>
/// <param name="End">Seconds since 1970.</param>
/// <param name="Mb">MB.</param>
/// <param name="Share">Part of the contact's whole rate, 0 … 1.</param>
internal readonly record struct FlowLeg(int Contact, double Start, double End, double Mb, double Share)
{
    public ContactBooking Booking => new(Contact, Start, End, Share);
}

/// <summary>A volume divided over ways and passes.</summary>
/// <param name="Complete">When the last of it is sent to its destination, seconds since 1970: the least there is.</param>
/// <param name="Legs">In the order of time.</param>
/// <param name="DelayS">The most that the delays of the contacts that it uses can add, seconds.</param>
internal sealed record FlowPlan(double Complete, IReadOnlyList<FlowLeg> Legs, double DelayS);
