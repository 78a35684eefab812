using Argosy.Core;
using Microsoft.Data.Sqlite;

namespace Argosy.Store;

/// <summary>The steps from each schema version to the next, in order. A step that was released is never edited.</summary>
internal static class Migrations
{
    private static readonly string[] Steps =
    [
        "CREATE TABLE record(kind TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY(kind, id)) WITHOUT ROWID",
    ];

    internal static void Apply(SqliteConnection connection, string path)
    {
        int version = ReadVersion(connection);
        if (version > Steps.Length)
            throw new EngineException(ErrorKind.Internal, $"{path} was written by a newer argosyd (schema {version}, this one knows {Steps.Length})");
        for (; version < Steps.Length; version++)
            StateStore.Execute(connection, $"BEGIN IMMEDIATE; {Steps[version]}; PRAGMA user_version={version + 1}; COMMIT;");
    }

    private static int ReadVersion(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
