namespace Orrery.Planning.Routing.Contacts;

/// <summary>Places, the contacts between them, and what is booked of these. Nodes store what they receive for as long as it takes. Immutable.</summary>
internal sealed class ContactGraph
{
    private const double ShareTolerance = 1e-9;

    private readonly IReadOnlyList<ContactBooking> bookings;
    private readonly RatePiece[][] free;

    /// <param name="nodes">How many nodes.</param>
    /// <param name="contacts">The contacts.</param>
    /// <param name="bookings">What is taken of them.</param>
    /// <exception cref="ArgumentException">A contact or booking names what there is not, or more than the whole rate is booked.</exception>
    public ContactGraph(int nodes, IReadOnlyList<GraphContact> contacts, IReadOnlyList<ContactBooking>? bookings = null)
    {
        (Nodes, Contacts, this.bookings) = (nodes, contacts, bookings ?? []);
        if (contacts.Any(c => c.From < 0 || c.To < 0 || c.From >= nodes || c.To >= nodes))
            throw new ArgumentException($"A contact's end is not one of the {nodes} nodes.", nameof(contacts));
        if (this.bookings.Any(b => b.Contact < 0 || b.Contact >= contacts.Count))
            throw new ArgumentException($"A booking's contact is not one of the {contacts.Count} contacts.", nameof(bookings));
        var booked = this.bookings.ToLookup(b => b.Contact);
        free = [.. contacts.Select((contact, i) => Free(contact.Rate, booked[i]).ToArray())];
    }

    public int Nodes { get; }

    public IReadOnlyList<GraphContact> Contacts { get; }

    /// <summary>What is left of a contact's rate, in the order of time; times without any are left out.</summary>
    public IReadOnlyList<RatePiece> Free(int contact) => free[contact];

    /// <summary>The same graph with more booked.</summary>
    /// <exception cref="ArgumentException">More than the whole rate would be booked.</exception>
    public ContactGraph Book(IEnumerable<ContactBooking> more) => new(Nodes, Contacts, [.. bookings, .. more]);

    /// <summary>Times at which a rate changes, in order.</summary>
    /// <param name="from">Only later ones.</param>
    public double[] Changes(double from) =>
        [.. free.SelectMany(pieces => pieces).SelectMany(piece => new[] { piece.Start, piece.End }).Where(time => time > from).Distinct().Order()];

    private static List<RatePiece> Free(IReadOnlyList<RatePiece> rate, IEnumerable<ContactBooking> bookings)
    {
        var taken = bookings.ToList();
        var left = new List<RatePiece>();
        foreach (var piece in rate)
        {
            double[] times =
            [
                .. taken.SelectMany(b => new[] { b.Start, b.End }).Where(t => t > piece.Start && t < piece.End)
                    .Append(piece.Start).Append(piece.End).Distinct().Order(),
            ];
            for (var i = 0; i + 1 < times.Length; i++)
            {
                var share = taken.Where(b => b.Start < times[i + 1] && b.End > times[i]).Sum(b => b.Share);
                if (share > 1 + ShareTolerance)
                    throw new ArgumentException($"{share:F3} of a contact's rate is booked from {times[i]} to {times[i + 1]}.", nameof(bookings));
                if (piece.MbPerS > 0 && share < 1 - ShareTolerance)
                    left.Add(new(times[i], times[i + 1], piece.MbPerS * (1 - share)));
            }
        }

        return left;
    }
}
