using Dapper;
using Microsoft.Extensions.Options;
using Orrery.Contracts.Workloads;
using Orrery.Server.Deployments;
using Orrery.Server.Errors;
using Orrery.Server.Events;
using Orrery.Server.Identity;
using Orrery.Server.Storage;

namespace Orrery.Server.Artifacts;

/// <summary>Which attempt produced what, what users brought, and who may read it.</summary>
internal sealed class ArtifactStore(IDatabase database, TimeProvider clock, IOptions<ArtifactOptions> options)
{
    private const long Mb = 1_000_000;

    /// <summary>The outputs of the stages of a workload that are done, in the order of stage and name.</summary>
    public async Task<ArtifactManifest> Manifest(string workloadId, CancellationToken ct) => (await Manifests([workloadId], ct))[workloadId];

    public async Task<IReadOnlyDictionary<string, ArtifactManifest>> Manifests(IReadOnlyCollection<string> workloadIds, CancellationToken ct)
    {
        var rows = await database.Read(
            db => db.QueryAsync<ArtifactRow>(
                $"""
                 SELECT a.* FROM artifacts a JOIN stages s ON s.workload_id = a.workload_id AND s.deployment_id = a.deployment_id
                 WHERE a.workload_id {database.Dialect.In("@ids")} AND a.scope = 'output' AND s.status = 'done' ORDER BY a.stage, a.name
                 """,
                new { ids = workloadIds.ToArray() }),
            ct);
        var byWorkload = rows.ToLookup(row => row.WorkloadId, StringComparer.Ordinal);
        return workloadIds.ToDictionary(id => id, id => new ArtifactManifest(id, [.. byWorkload[id].Select(View)]), StringComparer.Ordinal);
    }

    public async Task<IReadOnlyList<ArtifactRow>> OfDeployments(IReadOnlyCollection<string> deployments, string scope, CancellationToken ct) => deployments.Count == 0 ? [] : await database.Read(
        async db => (await db.QueryAsync<ArtifactRow>(
            $"SELECT * FROM artifacts WHERE scope = @scope AND deployment_id {database.Dialect.In("@ids")} ORDER BY stage, name", new { scope, ids = deployments.ToArray() })).AsList(),
        ct);

    /// <summary>Bytes that the caller may read: they brought them, or may see a workload that refers to them.</summary>
    public Task<FoundContent?> Find(string sha256, Principal caller, CancellationToken ct) => database.Read(
        db => db.QueryFirstOrDefaultAsync<FoundContent>(
            """
            SELECT size_bytes, content_type, name FROM artifacts WHERE sha256 = @sha256 AND (@admin OR user_id = @user)
            UNION ALL SELECT size_bytes, content_type, NULL FROM uploads WHERE sha256 = @sha256 AND (@admin OR user_id = @user) LIMIT 1
            """,
            new { sha256, admin = caller.IsAdmin, user = caller.UserId }),
        ct);

    /// <summary>An artifact of a deployment that reports itself. The same name again replaces it.</summary>
    /// <exception cref="ApiException">quota_exceeded, or the stage has too many already.</exception>
    public Task Add(DeploymentRow deployment, string name, SpooledFile file, string contentType, string actor, CancellationToken ct) => database.Write(
        async work =>
        {
            var row = Row(deployment, ArtifactScope.Output, name, file.Sha256, file.SizeBytes) with { ContentType = contentType };
            await CheckStage(work, row);
            await CheckQuota(work, row.UserId, row.SizeBytes);
            await Insert(work, row);
            await EventLog.Append(work,
            [
                ServerEvents.Deployment(row.WorkloadId, row.DeploymentId, "artifact.stored", new { name, size_bytes = row.SizeBytes, content_id = ContentId.Of(row.Sha256) }, clock.GetUtcNow(), actor),
            ]);
            return true;
        },
        ct);

    /// <summary>Everything that an attempt left, at once, inside a transaction.</summary>
    public async Task Add(DbWork work, DeploymentRow deployment, IReadOnlyList<ArtifactRow> rows)
    {
        await CheckQuota(work, deployment.UserId, rows.Sum(row => row.SizeBytes));
        await work.Execute("DELETE FROM artifacts WHERE deployment_id = @Id", new { deployment.Id });
        foreach (var row in rows)
            await Insert(work, row);
        // What a place remembers is replaced whole, were it by nothing: what was there before it had been given, and has left or removed.
        await work.Execute(
            """
            DELETE FROM artifacts WHERE workload_id = @WorkloadId AND scope = 'state' AND deployment_id <> @Id
                AND deployment_id IN (SELECT id FROM deployments WHERE workload_id = @WorkloadId AND satellite_id = @SatelliteId AND stage < @Stage)
            """,
            new { deployment.WorkloadId, deployment.Id, deployment.SatelliteId, deployment.Stage });
        var outputs = rows.Where(row => row.Scope == ArtifactScope.Output).ToList();
        await EventLog.Append(work,
        [
            .. outputs.Select(row => ServerEvents.Deployment(
                row.WorkloadId, row.DeploymentId, "artifact.stored", new { name = row.Name, size_bytes = row.SizeBytes, content_id = ContentId.Of(row.Sha256) }, clock.GetUtcNow())),
        ]);
    }

    public ArtifactRow Row(DeploymentRow deployment, string scope, string name, string sha256, long sizeBytes) => new()
    {
        DeploymentId = deployment.Id,
        Scope = scope,
        Name = name,
        WorkloadId = deployment.WorkloadId,
        UserId = deployment.UserId,
        Stage = deployment.Stage,
        Sha256 = sha256,
        SizeBytes = sizeBytes,
        ContentType = ContentTypes.Of(name),
        CreatedAt = clock.GetUtcNow(),
    };

    /// <summary>Something that a user brings for programs; bringing it again changes nothing.</summary>
    public Task Bring(string userId, SpooledFile file, string contentType, CancellationToken ct) => database.Write(
        async work =>
        {
            if (await work.Scalar<long>("SELECT COUNT(*) FROM uploads WHERE user_id = @userId AND sha256 = @Sha256", new { userId, file.Sha256 }) > 0)
                return false;
            if (await work.Scalar<long>("SELECT COUNT(*) FROM uploads WHERE user_id = @userId", new { userId }) >= options.Value.MostUploadsPerUser)
                throw new ApiException(429, "quota_exceeded", $"A user may have {options.Value.MostUploadsPerUser} uploads; take some back, or put many files into one archive.");
            await CheckQuota(work, userId, file.SizeBytes);
            await work.Execute(
                "INSERT INTO uploads (user_id, sha256, size_bytes, content_type, created_at) VALUES (@userId, @Sha256, @SizeBytes, @contentType, @now)",
                new { userId, file.Sha256, file.SizeBytes, contentType, now = clock.GetUtcNow() });
            return true;
        },
        ct);

    /// <returns>False: the user brought no such thing.</returns>
    public Task<bool> TakeBack(string userId, string sha256, CancellationToken ct) => database.Write(
        async work => await work.Execute("DELETE FROM uploads WHERE user_id = @userId AND sha256 = @sha256", new { userId, sha256 }) > 0, ct);

    private static ArtifactView View(ArtifactRow row) => new(row.Name, row.Stage, row.ContentType, row.SizeBytes, row.Sha256, ContentId.Of(row.Sha256), null);

    private async Task CheckStage(DbWork work, ArtifactRow row)
    {
        var others = await work.Query<(long Size, string Name)>(
            "SELECT size_bytes, name FROM artifacts WHERE deployment_id = @DeploymentId AND scope = @Scope AND name <> @Name", new { row.DeploymentId, row.Scope, row.Name });
        if (others.Count >= options.Value.MostPerStage)
            throw new ApiException(422, "too_many_artifacts", $"A stage may have {options.Value.MostPerStage} artifacts; put many files into one archive.");
        if (others.Sum(other => other.Size) + row.SizeBytes > options.Value.LargestStageMb * Mb)
            throw new ApiException(413, "payload_too_large", $"The artifacts of a stage may have {options.Value.LargestStageMb} MB together.");
    }

    private async Task CheckQuota(DbWork work, string userId, long bytes)
    {
        if (options.Value.QuotaMbPerUser == 0)
            return;
        var used = await work.Scalar<long>(
            "SELECT (SELECT COALESCE(SUM(size_bytes), 0) FROM artifacts WHERE user_id = @userId) + (SELECT COALESCE(SUM(size_bytes), 0) FROM uploads WHERE user_id = @userId)", new { userId });
        if (used + bytes > options.Value.QuotaMbPerUser * Mb)
            throw new ApiException(429, "quota_exceeded", $"Artifacts may take {options.Value.QuotaMbPerUser} MB of a user; {used / (double)Mb:0.###} MB are taken, and this is {bytes / (double)Mb:0.###} MB.");
    }

    private static Task<int> Insert(DbWork work, ArtifactRow row) => work.Execute(
        """
        INSERT INTO artifacts (deployment_id, scope, name, workload_id, user_id, stage, sha256, size_bytes, content_type, created_at)
        VALUES (@DeploymentId, @Scope, @Name, @WorkloadId, @UserId, @Stage, @Sha256, @SizeBytes, @ContentType, @CreatedAt)
        ON CONFLICT (deployment_id, scope, name) DO UPDATE SET sha256 = @Sha256, size_bytes = @SizeBytes, content_type = @ContentType, created_at = @CreatedAt
        """,
        row);
}
