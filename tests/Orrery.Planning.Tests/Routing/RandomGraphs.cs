using FsCheck;
using FsCheck.Fluent;
using Orrery.Planning.Routing.Contacts;

namespace Orrery.Planning.Tests.Routing;

/// <summary>Small contact graphs whose times are whole seconds and whose rates are whole numbers, with bookings of whole contacts for a time.</summary>
internal static class RandomGraphs
{
    public const int Nodes = 5;
    public const int Seconds = 12;

    public static Gen<ContactGraph> Graphs =>
        from contacts in Contacts(0)
        from booked in Gen.Elements(0, 0, 1, 2, 3)
        from bookings in Bookings(contacts.Count).ListOf(contacts.Count == 0 ? 0 : booked)
        select new ContactGraph(Nodes, contacts, [.. bookings.DistinctBy(b => b.Contact)]);

    public static Gen<ContactGraph> DelayedGraphs => from contacts in Contacts(3) select new ContactGraph(Nodes, contacts);

    /// <summary>MB that a contact can carry in a second that begins at a whole number.</summary>
    public static double Rate(ContactGraph graph, int contact, int second) =>
        graph.Free(contact).Where(p => p.Start <= second && p.End >= second + 1).Sum(p => p.MbPerS);

    private static Gen<List<GraphContact>> Contacts(int greatestDelay) =>
        from count in Gen.Choose(0, 12)
        from contacts in Contact(greatestDelay).ListOf(count)
        select contacts.ToList();

    private static Gen<GraphContact> Contact(int greatestDelay) =>
        from ends in Gen.Choose(0, (Nodes * Nodes) - 1)
        where ends / Nodes != ends % Nodes
        from start in Gen.Choose(0, Seconds - 2)
        from first in Gen.Choose(1, 4)
        from second in Gen.Choose(0, 4)
        from rates in Gen.Choose(0, 8).Two()
        from delay in Gen.Choose(0, greatestDelay)
        select new GraphContact(
            ends / Nodes,
            ends % Nodes,
            [.. new RatePiece[] { new(start, start + first, rates.Item1), new(start + first, start + first + second, rates.Item2) }.Where(p => p.End > p.Start)],
            delay);

    private static Gen<ContactBooking> Bookings(int contacts) =>
        from contact in Gen.Choose(0, Math.Max(0, contacts - 1))
        from start in Gen.Choose(0, Seconds)
        from length in Gen.Choose(1, 5)
        from quarter in Gen.Choose(1, 4)
        select new ContactBooking(contact, start, start + length, quarter / 4.0);
}
