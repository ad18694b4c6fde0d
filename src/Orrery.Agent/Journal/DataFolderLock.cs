namespace Orrery.Agent.Journal;

/// <summary>Holds a data folder for one agent; the system lets go of it when the process ends, however it ends.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream held;

    /// <exception cref="IOException">Another agent holds the folder.</exception>
    public DataFolderLock(string folder)
    {
        var path = Path.Combine(folder, "agent.lock");
        try
        {
            held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new IOException($"Another agent uses the data folder {folder}. Give each agent a folder of its own.", e);
        }
    }

    public void Dispose() => held.Dispose();
}
