using System.Reflection;

namespace Orrery.Server.Storage;

/// <summary>Applies the numbered migrations that a database lacks, each once, under a lock.</summary>
internal static class Migrator
{
    private const long AdvisoryLock = 0x0E_4E_24_59;

    public static Task Migrate(IDatabase database, TimeProvider clock) => database.Write(
        async work =>
        {
            if (work.Dialect == SqlDialect.Postgres)
                await work.Execute("SELECT pg_advisory_xact_lock(@AdvisoryLock)", new { AdvisoryLock });
            await work.Execute("CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)");
            var applied = (await work.Query<string>("SELECT name FROM schema_migrations")).ToHashSet(StringComparer.Ordinal);
            foreach (var (name, sql) in Scripts(work.Dialect).Where(script => !applied.Contains(script.Name)))
            {
                await work.Execute(sql);
                await work.Execute(
                    "INSERT INTO schema_migrations (name, applied_at) VALUES (@name, @at)", new { name, at = clock.GetUtcNow() });
            }
            return true;
        },
        CancellationToken.None);

    /// <summary><c>NNNN_title.sql</c> for both databases, <c>NNNN_title.sqlite.sql</c> and <c>.postgres.sql</c> where they differ.</summary>
    private static IEnumerable<(string Name, string Sql)> Scripts(SqlDialect dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var other = dialect == SqlDialect.Sqlite ? ".postgres.sql" : ".sqlite.sql";
        foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            var start = resource.IndexOf(".Migrations.", StringComparison.Ordinal);
            if (start < 0 || resource.EndsWith(other, StringComparison.Ordinal))
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[(start + ".Migrations.".Length)..], reader.ReadToEnd());
        }
    }
}
