namespace Orrery.Node.Hosting;

/// <summary>One holder at a time, released by the kernel when the process ends in whatever way.</summary>
internal static class NodeLock
{
    /// <returns>Null while another process holds it.</returns>
    public static IDisposable? TryTake(NodeFolder folder, string name = "node.lock")
    {
        try
        {
            return new FileStream(Path.Combine(folder.Root, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
