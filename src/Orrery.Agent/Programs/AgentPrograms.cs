using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Orrery.Agent.Contacts;
using Orrery.Agent.Reporting;
using Orrery.Client;
using Orrery.Client.Agents;
using Orrery.Contracts.Agents;

namespace Orrery.Agent.Programs;

/// <summary>Runs programs on this machine: fetches their inputs, runs them as a process, brings their outputs to the server.</summary>
internal sealed class AgentPrograms(IAgentApi api, ContactGate gate, string dataFolder, bool isolates, TimeProvider time, ILogger logger) : IProgramRunner
{
    public async Task<ProgramEnd> Run(AgentWork work, CancellationToken ct)
    {
        var program = work.PlanData.Program!;
        var folder = new ProgramFolder(dataFolder, work);
        folder.Recover(time.GetUtcNow());
        folder.Make();
        try
        {
            foreach (var input in program.Inputs)
                await Persist(() => Fetch(work.DeploymentId, input, folder, ct), ct);
            logger.ProgramStarted(work.DeploymentId, program.Inputs.Count);
            var (code, lastWords) = await new ProgramProcess(folder, dataFolder, isolates, time).Run(work, ct);
            if (code != 0)
                return new ProgramEnd(code, Failure(code, program, lastWords), 0, 0);
            return await Keep(work, folder, ct);
        }
        catch (Exception unsound) when (unsound is InvalidDataException or UnauthorizedAccessException)
        {
            return new ProgramEnd(null, $"outputs_refused: {unsound.Message}", 0, 0);
        }
        catch (OrreryApiException refused)
        {
            return new ProgramEnd(null, $"the server refused: {refused.Message}", 0, 0);
        }
        finally
        {
            folder.Remove();
        }
    }

    private static string Failure(int? code, ProgramWork program, string lastWords)
    {
        var how = code is null ? $"the program ran longer than {program.TimeoutS} s and was ended" : $"the program ended with exit code {code}";
        return lastWords.Length == 0 ? how : $"{how}: {lastWords}";
    }

    private async Task<ProgramEnd> Keep(AgentWork work, ProgramFolder folder, CancellationToken ct)
    {
        var outputs = ProgramFolder.Plain(folder.Output);
        var bytes = outputs.Sum(file => file.Length);
        if (bytes > work.PlanData.Program!.OutputBytes)
            throw new InvalidDataException($"the program left {bytes / 1e6:0.###} MB, and a stage may leave {work.PlanData.Program.OutputBytes / 1e6:0.###} MB");
        foreach (var file in outputs)
            await Persist(() => api.PutArtifact(work.DeploymentId, file.Name, file, ct), ct);
        folder.Remember();
        return new ProgramEnd(0, null, outputs.Count, bytes);
    }

    private async Task Fetch(string deployment, ProgramFile input, ProgramFolder folder, CancellationToken ct)
    {
        var path = Path.Combine(folder.Input, input.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (input.Text is { } text)
        {
            await File.WriteAllTextAsync(path, text, ct);
            return;
        }
        await using (var file = File.Create(path))
            await api.Input(deployment, input, file, ct);
        await using var written = File.OpenRead(path);
        if (Convert.ToHexStringLower(await SHA256.HashDataAsync(written, ct)) != input.Sha256)
            throw new HttpRequestException($"{input.Path} arrived broken");
    }

    /// <summary>Again and again while the link is lost, in contacts only.</summary>
    private async Task Persist(Func<Task> call, CancellationToken ct)
    {
        var backoff = new Backoff();
        while (true)
        {
            await gate.Open(ct);
            try
            {
                await call();
                return;
            }
            catch (Exception lost) when (ApiFailure.IsPassing(lost))
            {
                logger.CallFailed("files of a program", lost.Message);
                await Task.Delay(backoff.Next(), time, ct);
            }
        }
    }
}
