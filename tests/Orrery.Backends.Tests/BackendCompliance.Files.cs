using System.Text;
using Orrery.Backends.Tests.Support;
using Orrery.Contracts.Runs;
using Orrery.Server.Clusters.Backends;
using Shouldly;
using Xunit;

namespace Orrery.Backends.Tests;

/// <summary>What programs are given, and what they leave.</summary>
public abstract partial class BackendCompliance
{
    [Fact]
    public async Task A_program_finds_what_it_is_given_and_what_it_leaves_is_read_after_its_end()
    {
        var run = Run(
            """
            set -e
            cat "$ORRERY_INPUT_DIR/hello" "$ORRERY_INPUT_DIR/stage-2/deep/more"
            echo "saw $(cat "$ORRERY_STATE_DIR/count")"
            echo 8 >"$ORRERY_STATE_DIR/count"
            tr a-z A-Z <"$ORRERY_INPUT_DIR/hello" >"$ORRERY_OUTPUT_DIR/loud.txt"
            : >"$ORRERY_OUTPUT_DIR/empty"
            """) with
        { Files = new RunFiles([await Kept("in/hello", "hello\n"), await Kept("in/stage-2/deep/more", "more\n"), await Kept("state/count", "7\n")]) };
        await Apply(run);
        await Apply(run); // a repeat changes nothing
        await server.Until(run.WorkloadId, RunPhases.Succeeded);
        (await server.Lines(Pod(run))).ShouldBe(["hello", "more", "saw 7"]);
        (await Left(run)).ShouldBe(["out/empty=", "out/loud.txt=HELLO\n", "state/count=8\n"]);
        await Restart();
        (await Left(run)).Count.ShouldBe(3, "a server that starts now can still read them");
        await Remove(run);
        await server.Until(run.WorkloadId, RunPhases.Removed);
        await Should.ThrowAsync<DirectoryNotFoundException>(() => Left(run));
        await Nothing(run);
    }

    [Fact]
    public async Task What_a_program_is_given_stays_as_it_is()
    {
        var file = await Kept("in/model", "weights");
        var run = Run("chmod 666 $ORRERY_INPUT_DIR/model; echo spoiled >>$ORRERY_INPUT_DIR/model; rm -rf $ORRERY_INPUT_DIR; exit 0") with { Files = new RunFiles([file]) };
        await Apply(run);
        await server.Until(run.WorkloadId, RunPhases.Succeeded);
        await using var bytes = await place.Contents.Open(file.Sha256, file.SizeBytes, CancellationToken.None);
        using var reader = new StreamReader(bytes);
        (await reader.ReadToEndAsync(CancellationToken.None)).ShouldBe("weights");
    }

    [Fact]
    public async Task A_run_whose_files_are_not_there_is_not_begun()
    {
        var run = Run("true") with { Files = new RunFiles([new RunFile("in/model", new string('0', 64), 7)]) };
        (await Should.ThrowAsync<InputsLostException>(() => Apply(run))).Message.ShouldBe("in/model is not in the server's storage");
        place.Everything(run.WorkloadId).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ln -s /etc/passwd $ORRERY_OUTPUT_DIR/users")]
    [InlineData("mkfifo $ORRERY_OUTPUT_DIR/pipe")]
    public async Task Only_plain_files_are_read(string script)
    {
        var run = Run(script) with { Files = new RunFiles([]) };
        await Apply(run);
        await server.Until(run.WorkloadId, RunPhases.Succeeded);
        (await Should.ThrowAsync<InvalidDataException>(() => Left(run))).Message.ShouldContain("plain file");
    }

    [Fact]
    public async Task What_is_large_or_linked_comes_and_goes_whole()
    {
        var bytes = new byte[5_000_001];
        new Random(7).NextBytes(bytes);
        var large = await KeptFiles.Keep(place.Contents, "in/large", bytes);
        var run = Run("cp $ORRERY_INPUT_DIR/large $ORRERY_OUTPUT_DIR/a; ln $ORRERY_OUTPUT_DIR/a $ORRERY_OUTPUT_DIR/b; cat $ORRERY_INPUT_DIR/words") with
        { Files = new RunFiles([large, new RunFile("in/words", "", 5, "words")]) };
        await Apply(run);
        await server.Until(run.WorkloadId, RunPhases.Succeeded);
        var left = new List<(string Path, long Size, string Sha256)>();
        await foreach (var file in server.Backend.Files(Pod(run), CancellationToken.None))
        {
            await using var stream = await file.Open(CancellationToken.None);
            left.Add((file.Path, file.SizeBytes, Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(stream, CancellationToken.None))));
        }
        left.Order().ShouldBe([("out/a", bytes.Length, large.Sha256), ("out/b", bytes.Length, large.Sha256)]);
        (await server.Lines(Pod(run))).ShouldBe(["words"]);
    }

    [Fact]
    public async Task A_program_that_fails_keeps_nothing_alive()
    {
        var run = Run("echo hot; : >$ORRERY_OUTPUT_DIR/half; exit 3") with { Files = new RunFiles([]) };
        await Apply(run);
        (await server.Until(run.WorkloadId, RunPhases.Failed)).Pods.ShouldHaveSingleItem().ExitCode.ShouldBe(3);
        await Nothing(run);
        (await server.Until(run.WorkloadId, RunPhases.Failed)).Message.ShouldBe("rank 0 exited with code 3");
        (await server.Lines(Pod(run))).ShouldBe(["hot"]);
    }

    private Task<RunFile> Kept(string path, string text) => KeptFiles.Keep(place.Contents, path, Encoding.UTF8.GetBytes(text));

    private async Task<List<string>> Left(RunSpec run)
    {
        var texts = new List<string>();
        await foreach (var file in server.Backend.Files(Pod(run), CancellationToken.None))
        {
            await using var bytes = await file.Open(CancellationToken.None);
            using var reader = new StreamReader(bytes);
            texts.Add($"{file.Path}={await reader.ReadToEndAsync(CancellationToken.None)}");
        }
        texts.Sort(StringComparer.Ordinal);
        return texts;
    }
}
