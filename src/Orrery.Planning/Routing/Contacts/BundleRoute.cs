namespace Orrery.Planning.Routing.Contacts;

/// <summary>One hop of a bundle: all of it is there before the hop begins, and all of it arrives before the next.</summary>
/// <param name="From">Node that sends.</param>
/// <param name="To">Node that receives.</param>
/// <param name="Ready">When the bundle is at the sender, seconds since 1970.</param>
/// <param name="Sent">When the last of it is sent.</param>
/// <param name="Arrival">When the last of it has arrived.</param>
internal readonly record struct BundleHop(int From, int To, double Ready, double Sent, double Arrival);

/// <summary>The way of a bundle that is not divided among ways; a hop may go over several passes.</summary>
/// <param name="Arrival">At the last node, seconds since 1970.</param>
/// <param name="Hops">In order.</param>
internal sealed record BundleRoute(double Arrival, IReadOnlyList<BundleHop> Hops);
