namespace Orrery.Server.Storage;

internal static class SqlDialects
{
    /// <summary>A column's value is one of a list: Dapper hands PostgreSQL an array, and spells the list out for SQLite.</summary>
    public static string In(this SqlDialect dialect, string parameter) =>
        dialect == SqlDialect.Postgres ? $"= ANY({parameter})" : $"IN {parameter}";
}
