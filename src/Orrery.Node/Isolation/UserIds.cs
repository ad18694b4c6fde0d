using System.Text.Json;
using Orrery.Node.Hosting;
using Orrery.Node.Posix;
using Orrery.Node.Protocol;

namespace Orrery.Node.Isolation;

/// <summary>Gives each workspace a user of its own, for ever.</summary>
internal sealed class UserIds
{
    /// <summary>Above what machines give to people and services.</summary>
    private const uint First = 100_000;

    private readonly string file;
    private readonly Dictionary<string, uint> ids;
    private readonly Lock gate = new();

    public UserIds(NodeFolder folder)
    {
        file = Path.Combine(folder.Root, "uids.json");
        ids = File.Exists(file)
            ? JsonSerializer.Deserialize(File.ReadAllBytes(file), NodeJson.Default.DictionaryStringUInt32)!
            : [];
    }

    public uint Of(string workspaceId)
    {
        lock (gate)
        {
            if (ids.TryGetValue(workspaceId, out var id))
                return id;
            id = ids.Count == 0 ? First : ids.Values.Max() + 1;
            ids.Add(workspaceId, id);
            Files.WriteDurably(file, JsonSerializer.SerializeToUtf8Bytes(ids, NodeJson.Default.DictionaryStringUInt32));
            return id;
        }
    }
}
