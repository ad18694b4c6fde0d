using System.Text;
using Orrery.Contracts.Runs;
using Orrery.Server.Artifacts;
using Shouldly;
using Xunit;

namespace Orrery.Backends.Tests;

/// <summary>What programs are given, and what they leave.</summary>
public abstract partial class BackendCompliance
{
    [Fact]
    public async Task A_program_finds_what_it_is_given_and_what_it_leaves_is_read_after_its_end()
    {
        Assert.SkipUnless(place.CarriesFiles, "this backend carries no files");
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
        await Should.ThrowAsync<DirectoryNotFoundException>(() => server.Backend.Files(Pod(run), CancellationToken.None));
        await Nothing(run);
    }

    [Fact]
    public async Task What_a_program_is_given_stays_as_it_is()
    {
        Assert.SkipUnless(place.CarriesFiles, "this backend carries no files");
        var file = await Kept("in/model", "weights");
        var run = Run("chmod 666 $ORRERY_INPUT_DIR/model; echo spoiled >>$ORRERY_INPUT_DIR/model; rm -rf $ORRERY_INPUT_DIR; exit 0") with { Files = new RunFiles([file]) };
        await Apply(run);
        await server.Until(run.WorkloadId, RunPhases.Succeeded);
        await using var bytes = await place.Contents.Open(file.Sha256, file.SizeBytes, CancellationToken.None);
        using var reader = new StreamReader(bytes);
        (await reader.ReadToEndAsync(CancellationToken.None)).ShouldBe("weights");
    }

    [Theory]
    [InlineData("ln -s /etc/passwd $ORRERY_OUTPUT_DIR/users")]
    [InlineData("mkfifo $ORRERY_OUTPUT_DIR/pipe")]
    public async Task Only_plain_files_are_read(string script)
    {
        Assert.SkipUnless(place.CarriesFiles, "this backend carries no files");
        var run = Run(script) with { Files = new RunFiles([]) };
        await Apply(run);
        await server.Until(run.WorkloadId, RunPhases.Succeeded);
        (await Should.ThrowAsync<InvalidDataException>(() => server.Backend.Files(Pod(run), CancellationToken.None))).Message.ShouldContain("plain file");
    }

    private async Task<RunFile> Kept(string path, string text)
    {
        var folder = Directory.CreateTempSubdirectory("orrery-spool-").FullName;
        using var spooled = await new Spool(folder).Take(new MemoryStream(Encoding.UTF8.GetBytes(text)), 1000, CancellationToken.None);
        await place.Contents.Keep(spooled, CancellationToken.None);
        return new RunFile(path, spooled.Sha256, spooled.SizeBytes);
    }

    private async Task<List<string>> Left(RunSpec run)
    {
        var texts = new List<string>();
        foreach (var file in await server.Backend.Files(Pod(run), CancellationToken.None))
        {
            await using var bytes = await file.Open(CancellationToken.None);
            using var reader = new StreamReader(bytes);
            texts.Add($"{file.Path}={await reader.ReadToEndAsync(CancellationToken.None)}");
        }
        return texts;
    }
}
