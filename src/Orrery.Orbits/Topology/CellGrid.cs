namespace Orrery.Orbits;

/// <summary>Points in cubes of a given size, so that near neighbours are found in the 27 cubes around a point.</summary>
internal sealed class CellGrid
{
    private readonly Dictionary<(int X, int Y, int Z), List<int>> cells = [];
    private readonly double size;
    private readonly IReadOnlyList<Vector3d> points;

    /// <param name="points">km.</param>
    /// <param name="included">Indices of the points to look among.</param>
    /// <param name="size">km.</param>
    public CellGrid(IReadOnlyList<Vector3d> points, IEnumerable<int> included, double size)
    {
        (this.points, this.size) = (points, size);
        foreach (var i in included)
        {
            var cell = CellOf(points[i]);
            if (cells.TryGetValue(cell, out var members))
                members.Add(i);
            else
                cells.Add(cell, [i]);
        }
    }

    /// <summary>Pairs of points whose distance is above one and at most another bound, which is at most the size of a cell; the lower index first.</summary>
    public void AddPairs(double above, double atMost, List<TopologyLink> pairs)
    {
        var (low, high) = (above < 0 ? -1 : above * above, atMost * atMost);
        foreach (var (cell, members) in cells)
        {
            foreach (var other in Neighbours(cell))
            {
                foreach (var i in members)
                {
                    foreach (var j in other)
                    {
                        if (i >= j)
                            continue;
                        var line = points[j] - points[i];
                        var square = Vector3d.Dot(line, line);
                        if (square > low && square <= high)
                            pairs.Add(new(i, j, Math.Sqrt(square)));
                    }
                }
            }
        }
    }

    private IEnumerable<List<int>> Neighbours((int X, int Y, int Z) cell)
    {
        for (var x = cell.X - 1; x <= cell.X + 1; x++)
        {
            for (var y = cell.Y - 1; y <= cell.Y + 1; y++)
            {
                for (var z = cell.Z - 1; z <= cell.Z + 1; z++)
                {
                    if (cells.TryGetValue((x, y, z), out var members))
                        yield return members;
                }
            }
        }
    }

    private (int X, int Y, int Z) CellOf(in Vector3d point) =>
        ((int)Math.Floor(point.X / size), (int)Math.Floor(point.Y / size), (int)Math.Floor(point.Z / size));
}
