using System.Security.Cryptography;
using System.Text;
using Orrery.Server.Artifacts;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Artifacts;

public sealed class FolderContentStoreTests : ContentStoreTests
{
    private protected override Task<IContentStore> Open() => Task.FromResult<IContentStore>(new FolderContentStore(Path.Combine(Folder, "artifacts")));
}

public sealed class S3ContentStoreTests : ContentStoreTests
{
    private S3Double? service;

    private protected override async Task<IContentStore> Open()
    {
        service = await S3Double.Start();
        return new S3ContentStore(new S3Options { Endpoint = service.Address, Bucket = "orrery", Prefix = "kept/", AccessKey = "access", SecretKey = "secret", TimeoutS = 5 });
    }

    protected override async ValueTask Close()
    {
        if (service is not null)
            await service.DisposeAsync();
    }

    [Fact]
    public async Task Objects_are_named_by_their_hash_below_the_prefix_and_sent_once()
    {
        var sha256 = await Keep("text");
        await Keep("text");
        service!.Objects.Keys.ShouldBe([$"/orrery/kept/{sha256}"]);
        service.Puts.ShouldBe(1);
    }

    [Fact]
    public async Task An_object_that_is_not_whole_is_never_given_out_and_is_healed_by_the_same_again()
    {
        var sha256 = await Keep("a text that was cut");
        var key = $"/orrery/kept/{sha256}";
        var whole = service!.Objects[key];
        service.Objects[key] = whole[..4]; // as a service leaves it that was killed in the middle of taking it in
        var path = Path.Combine(Folder, "placed");
        await Should.ThrowAsync<FileNotFoundException>(() => Open(sha256, whole.Length));
        await Should.ThrowAsync<FileNotFoundException>(() => Place(sha256, path));
        File.Exists(path).ShouldBeFalse();
        service.Objects[key] = [.. whole.Reverse()]; // as long, and another
        await Should.ThrowAsync<FileNotFoundException>(() => Place(sha256, path));
        File.Exists(path).ShouldBeFalse();
        service.Objects[key] = whole[..4];
        await Keep("a text that was cut");
        service.Objects[key].ShouldBe(whole);
        await Place(sha256, path);
        (await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)).ShouldBe(whole);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_waited_for_only_so_long()
    {
        service!.IsStalled = true;
        await Should.ThrowAsync<ContentUnavailableException>(() => Keep("text"));
        service.IsStalled = false;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_breaks_off_or_stalls_is_asked_for_once_more_from_there(bool stalls)
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i} "));
        var sha256 = await Keep(text);
        using var hasty = new S3ContentStore(new S3Options { Endpoint = service!.Address, Bucket = "orrery", Prefix = "kept/", AccessKey = "access", SecretKey = "secret", TimeoutS = 0.3 });
        (service.Broken, service.Stalls) = (1, stalls);
        using (var reader = new StreamReader(await hasty.Open(sha256, text.Length, TestContext.Current.CancellationToken)))
            (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe(text);
        service.Broken = int.MaxValue;
        await using var never = await hasty.Open(sha256, text.Length, TestContext.Current.CancellationToken);
        await Should.ThrowAsync<ContentUnavailableException>(() => never.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));
        service.Broken = 0;
    }

    [Fact]
    public async Task A_service_that_refuses_or_has_no_such_bucket_is_not_one_that_has_no_such_object()
    {
        var sha256 = await Keep("text");
        using var elsewhere = new S3ContentStore(new S3Options { Endpoint = service!.Address, Bucket = "other", AccessKey = "access", SecretKey = "secret", TimeoutS = 5 });
        await Should.ThrowAsync<ContentUnavailableException>(() => elsewhere.Open(sha256, 4, TestContext.Current.CancellationToken));
        service.Refusal = (403, "SignatureDoesNotMatch");
        await Should.ThrowAsync<ContentUnavailableException>(() => Open(sha256, 4));
        (await Should.ThrowAsync<ContentUnavailableException>(() => Keep("another"))).Message.ShouldContain("refuses");
        service.Refusal = null;
        await Open(sha256, 4);
        await service.DisposeAsync();
        await Should.ThrowAsync<ContentUnavailableException>(() => Open(sha256, 4));
        service = null;
    }

    [Fact]
    public void The_secret_is_not_in_its_options_text() =>
        new S3Options { Bucket = "b", AccessKey = "access", SecretKey = "hidden" }.ToString().ShouldNotContain("hidden");

    [Theory]
    [InlineData("", "a", "b")]
    [InlineData("bucket", "a", null)]
    public void Half_a_configuration_is_refused(string bucket, string? key, string? secret) =>
        Should.Throw<InvalidOperationException>(() => new S3ContentStore(new S3Options { Bucket = bucket, AccessKey = key, SecretKey = secret }));
}

/// <summary>What every store of bytes must do.</summary>
public abstract class ContentStoreTests : IAsyncLifetime
{
    private IContentStore store = null!;
    private Spool spool = null!;

    protected string Folder { get; } = Directory.CreateTempSubdirectory("orrery-contents-").FullName;

    public async ValueTask InitializeAsync()
    {
        store = await Open();
        spool = new Spool(Path.Combine(Folder, "incoming"));
    }

    public async ValueTask DisposeAsync()
    {
        (store as IDisposable)?.Dispose();
        await Close();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<IContentStore> Open();

    protected virtual ValueTask Close() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_000)]
    public async Task What_is_kept_is_read_as_it_was(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var sha256 = await Keep(bytes);
        sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        (await Read(sha256, length, 0, length)).ShouldBe(bytes);
        Directory.GetFiles(Path.Combine(Folder, "incoming")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_part_of_it_is_read_from_where_it_is_asked_for()
    {
        var sha256 = await Keep("the quick brown fox");
        await using var stream = await store.Open(sha256, 19, CancellationToken.None);
        foreach (var (start, text) in new[] { (4, "quick"), (16, "fox"), (0, "the") })
        {
            stream.Seek(start, SeekOrigin.Begin);
            var part = new byte[text.Length];
            await stream.ReadExactlyAsync(part, CancellationToken.None);
            Encoding.UTF8.GetString(part).ShouldBe(text);
        }
    }

    [Fact]
    public async Task It_becomes_a_file_that_cannot_be_written()
    {
        var path = Path.Combine(Folder, "placed");
        await store.Place(await Keep("text"), path, CancellationToken.None);
        (await File.ReadAllTextAsync(path, CancellationToken.None)).ShouldBe("text");
        (File.GetUnixFileMode(path) & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)).ShouldBe(UnixFileMode.None);
    }

    [Fact]
    public async Task What_is_removed_is_not_there_and_may_be_kept_again()
    {
        var sha256 = await Keep("text");
        await store.Remove(sha256, CancellationToken.None);
        await store.Remove(sha256, CancellationToken.None);
        await Should.ThrowAsync<FileNotFoundException>(() => store.Open(sha256, 4, CancellationToken.None));
        await Should.ThrowAsync<FileNotFoundException>(() => store.Place(sha256, Path.Combine(Folder, "placed"), CancellationToken.None));
        await Keep("text");
        (await Read(sha256, 4, 0, 4)).ShouldBe("text"u8.ToArray());
    }

    [Fact]
    public async Task The_same_bytes_kept_at_once_are_kept()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 20), async (_, _) => await Keep("same"));
        (await Read(await Keep("same"), 4, 0, 4)).ShouldBe("same"u8.ToArray());
    }

    private protected Task<string> Keep(string text) => Keep(Encoding.UTF8.GetBytes(text));

    private protected Task<Stream> Open(string sha256, long size) => store.Open(sha256, size, CancellationToken.None);

    private protected Task Place(string sha256, string path) => store.Place(sha256, path, CancellationToken.None);

    private async Task<string> Keep(byte[] bytes)
    {
        using var file = await spool.Take(new MemoryStream(bytes), 10_000_000, CancellationToken.None);
        await store.Keep(file, CancellationToken.None);
        return file.Sha256;
    }

    private async Task<byte[]> Read(string sha256, long size, long start, int length)
    {
        await using var stream = await store.Open(sha256, size, CancellationToken.None);
        stream.Length.ShouldBe(size);
        stream.Position = start;
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, CancellationToken.None);
        return bytes;
    }
}
