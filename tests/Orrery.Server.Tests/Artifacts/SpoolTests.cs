using Orrery.Server.Artifacts;
using Orrery.Server.Errors;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Artifacts;

public sealed class SpoolTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("orrery-spool-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task More_than_the_limit_is_refused_and_leaves_nothing()
    {
        var spool = new Spool(folder);
        (await Should.ThrowAsync<ApiException>(() => spool.Take(new MemoryStream(new byte[101]), 100, CancellationToken.None))).Status.ShouldBe(413);
        Directory.GetFiles(folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sender_that_breaks_off_leaves_nothing()
    {
        var spool = new Spool(folder);
        var torn = new RangedStream(100, (start, _) => Task.FromResult<Stream>(new MemoryStream(new byte[Math.Max(0, 50 - start)])), (source, buffer, cancellation) => source.ReadAsync(buffer, cancellation).AsTask());
        await Should.ThrowAsync<EndOfStreamException>(() => spool.Take(torn, 1000, CancellationToken.None));
        Directory.GetFiles(folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_crash_left_is_gone_at_the_next_start()
    {
        using var left = await new Spool(folder).Take(new MemoryStream([1]), 100, CancellationToken.None);
        _ = new Spool(folder);
        Directory.GetFiles(folder).ShouldBeEmpty();
        Directory.CreateDirectory(folder);
    }
}
