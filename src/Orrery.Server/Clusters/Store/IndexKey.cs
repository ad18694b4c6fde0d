using System.Buffers.Binary;
using System.Text;

namespace Orrery.Server.Clusters.Store;

/// <summary>What a list asks of every row, side by side in memory: most rows that are not on the page are never touched themselves.</summary>
/// <param name="CreatedAt">UTC ticks.</param>
/// <param name="IdStart">The first eight bytes of the id, in its order.</param>
/// <param name="Workspace">Code of the workspace, and so on.</param>
internal readonly record struct IndexKey(long CreatedAt, ulong IdStart, int Workspace, int Cluster, int User, int UserName, int Description, short Phase, short Kind, short Priority)
{
    public static ulong StartOf(string id)
    {
        Span<byte> bytes = stackalloc byte[8];
        bytes.Clear();
        Encoding.ASCII.GetBytes(id.AsSpan(0, Math.Min(8, id.Length)), bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
