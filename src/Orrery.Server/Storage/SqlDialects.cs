namespace Orrery.Server.Storage;

internal static class SqlDialects
{
    /// <summary>PostgreSQL's own time, in microseconds since 1970.</summary>
    public const string PostgresNow = "(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint";

    /// <summary>A column's value is one of a list: Dapper hands PostgreSQL an array, and spells the list out for SQLite.</summary>
    public static string In(this SqlDialect dialect, string parameter) =>
        dialect == SqlDialect.Postgres ? $"= ANY({parameter})" : $"IN {parameter}";
}
