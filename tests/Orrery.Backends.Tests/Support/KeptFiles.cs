using Orrery.Contracts.Runs;
using Orrery.Server.Artifacts;

namespace Orrery.Backends.Tests.Support;

/// <summary>What runs are given.</summary>
internal static class KeptFiles
{
    public static async Task<RunFile> Keep(IContentStore contents, string path, byte[] bytes)
    {
        var folder = Directory.CreateTempSubdirectory("orrery-spool-").FullName;
        using var spooled = await new Spool(folder).Take(new MemoryStream(bytes), bytes.Length, CancellationToken.None);
        await contents.Keep(spooled, CancellationToken.None);
        return new RunFile(path, spooled.Sha256, spooled.SizeBytes);
    }
}
