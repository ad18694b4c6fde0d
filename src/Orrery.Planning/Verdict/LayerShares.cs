using Orrery.Planning.Expansion;

namespace Orrery.Planning.Verdict;

/// <summary>The layers of a stage: neighbouring pieces of one layer are one share.</summary>
internal static class LayerShares
{
    public static IReadOnlyList<LayerShare> Of(IEnumerable<LayerPiece> pieces)
    {
        var shares = new List<LayerShare>();
        foreach (var piece in pieces)
        {
            if (piece.Fraction < 1 && shares.Count > 0 && shares[^1].Name == piece.Name && shares[^1].Fraction < 1 - 1e-9)
                shares[^1] = shares[^1] with { Fraction = shares[^1].Fraction + piece.Fraction };
            else
                shares.Add(new(piece.Name, piece.Fraction));
        }

        return shares;
    }
}
