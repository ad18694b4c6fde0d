using Orrery.Planning.Timeline;

namespace Orrery.Planning.Routing;

/// <summary>One link of a path; the whole of the data is sent before the next link begins.</summary>
/// <param name="Link">The link; null for the ground network.</param>
/// <param name="Kind">What the link is.</param>
/// <param name="From">Index of the satellite that sends, or <see cref="INetwork.Ground"/>.</param>
/// <param name="To">Index of the satellite that receives, or <see cref="INetwork.Ground"/>.</param>
/// <param name="Ready">When the data is there to be sent, seconds since 1970.</param>
/// <param name="Sent">When all of it is sent.</param>
/// <param name="Arrival">When all of it has arrived.</param>
internal sealed record Hop(LinkCurve? Link, TransferKind Kind, int From, int To, double Ready, double Sent, double Arrival)
{
    /// <summary>The contacts that the data goes over.</summary>
    public List<Cell> Legs => Link is null ? [] : Link.Volume.Pieces(Ready, Sent);
}

/// <summary>How data goes from one place to another.</summary>
internal sealed record TransferPath(double Ready, double Mb, IReadOnlyList<Hop> Hops)
{
    /// <summary>When all of it has arrived, seconds since 1970.</summary>
    public double Arrival => Hops.Count == 0 ? Ready : Hops[^1].Arrival;

    /// <summary>How many contacts it goes over.</summary>
    public int Contacts => Hops.Sum(hop => hop.Legs.Count);

    /// <summary>The least time between the end of sending over a contact and the contact's end, seconds.</summary>
    public double Margin => Hops.SelectMany(hop => hop.Legs.Select(leg => hop.Link!.Contacts[leg.Tag].End - leg.End)).DefaultIfEmpty(double.PositiveInfinity).Min();
}
