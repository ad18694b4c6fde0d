using System.Text;

namespace Orrery.Server.Hosting;

/// <summary>The server's folder: private, and of one server at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly FileStream held;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        this.held = held;
    }

    public string Path { get; }

    public string AdminKeyFile => System.IO.Path.Combine(Path, "admin.key");

    public string MasterKeyFile => System.IO.Path.Combine(Path, "master.key");

    private string IdFile => System.IO.Path.Combine(Path, "folder.id");

    private string UrlFile => System.IO.Path.Combine(Path, "server.url");

    /// <exception cref="InvalidOperationException">Another server has the folder.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(full, Private);
        File.SetUnixFileMode(full, Private);
        try
        {
            var stream = new FileStream(System.IO.Path.Combine(full, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataFolder(full, stream);
        }
        catch (IOException error)
        {
            throw new InvalidOperationException($"Another orrery uses the data folder {full}; stop it or choose another with --data.", error);
        }
    }

    public void WriteAdminKey(string secret) => WriteDurably(AdminKeyFile, secret);

    public void RemoveAdminKey() => File.Delete(AdminKeyFile);

    public string? ReadMasterKey() => File.Exists(MasterKeyFile) ? File.ReadAllText(MasterKeyFile) : null;

    public void WriteMasterKey(string key) => WriteDurably(MasterKeyFile, key);

    /// <summary>What this folder is called in the database: made once, random.</summary>
    public string Id()
    {
        if (!File.Exists(IdFile))
            WriteDurably(IdFile, Guid.NewGuid().ToString("N"));
        return File.ReadAllText(IdFile);
    }

    /// <summary>Tells the CLI of this machine where the server listens.</summary>
    public void WriteUrl(string url) => WriteDurably(UrlFile, url);

    public void Dispose()
    {
        File.Delete(UrlFile);
        held.Dispose();
    }

    private static void WriteDurably(string file, string text)
    {
        var fresh = file + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = PrivateFile };
        using (var stream = new FileStream(fresh, options))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }
        File.Move(fresh, file, overwrite: true);
    }
}
