using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Argosy.Core;
using Microsoft.Data.Sqlite;

namespace Argosy.Store;

// Schema, version 1:
//
//   record                          one row per thing the daemon must remember
//   ├─ kind  TEXT  ┐ primary key    "container", "image", "network", "volume", "stack", …: one Collection each
//   ├─ id    TEXT  ┘                the thing's id inside its kind
//   └─ body  BLOB                   its record as JSON; the owner's source-generated contract
//
// PRAGMA user_version holds the schema's version; Migrations says how to get from each to the next.

/// <summary>
/// The daemon's state: one SQLite file in WAL mode. Reads come from memory; a change is committed before it is acknowledged.
/// </summary>
/// <remarks>
/// One writer task owns the only writing connection and commits whatever has queued up in one transaction (group commit),
/// so a hundred concurrent changes cost a few commits. <c>synchronous=NORMAL</c>: a killed process loses nothing
/// (the pages are the kernel's); a power cut may lose the last commits but never the file's integrity (sqlite.org/wal.html).
/// </remarks>
public sealed class StateStore : IAsyncDisposable
{
    private readonly SqliteConnection connection;
    private readonly Channel<PendingCommit> queue = Channel.CreateBounded<PendingCommit>(1024);
    private readonly ConcurrentDictionary<string, Dictionary<string, byte[]>> loaded = new();
    private readonly Task writer;
    private long version;

    private StateStore(SqliteConnection connection)
    {
        this.connection = connection;
        LoadAll();
        writer = Task.Run(WriteLoopAsync);
    }

    /// <summary>Changes with every commit; whoever sees it sees what was committed.</summary>
    public long Version => Interlocked.Read(ref version);

    /// <summary>Opens or creates the file, migrates its schema and reads it into memory.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.Internal"/> when a newer Argosy wrote the file, or it cannot be read; it is left as it is.</exception>
    public static StateStore Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000;");
            Migrations.Apply(connection, path);
            return new StateStore(connection);
        }
        catch (Exception exception)
        {
            connection.Dispose();
            if (exception is SqliteException)
                throw Unreadable(path, exception.Message, exception);
            throw;
        }
    }

    /// <summary>What to do is said with what is wrong: the reader has a system that does not come up.</summary>
    internal static EngineException Unreadable(string path, string reason, Exception inner) => new(
        ErrorKind.Internal,
        $"the state database {path} cannot be used: {reason}. Nothing was changed. Restore it from a backup, or salvage it with `sqlite3 {path} .recover`; "
        + "if you move it away (with its -wal and -shm files), argosyd starts with no containers, images and networks, and removes the containers' own files.",
        inner);

    /// <summary>The records of one kind. Call once per kind, at composition; <paramref name="kind"/> is the schema's word.</summary>
    public Collection<T> Collection<T>(string kind, JsonTypeInfo<T> json) where T : class
    {
        loaded.TryRemove(kind, out Dictionary<string, byte[]>? rows);
        try
        {
            return new Collection<T>(this, kind, json, rows ?? []);
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or InvalidDataException)
        {
            throw Unreadable(connection.DataSource, $"a record of kind \"{kind}\" is damaged: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    /// <summary>Commits several changes, of one or several collections, as one transaction.</summary>
    public async Task CommitAsync(params IReadOnlyList<Change> changes)
    {
        var commit = new PendingCommit(changes, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await queue.Writer.WriteAsync(commit);
        await commit.Done.Task;
    }

    /// <summary>Commits what is queued and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writer;
        await connection.DisposeAsync();
    }

    internal static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void LoadAll()
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT kind, id, body FROM record";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            loaded.GetOrAdd(reader.GetString(0), _ => [])[reader.GetString(1)] = (byte[])reader[2];
    }

    private async Task WriteLoopAsync()
    {
        var batch = new List<PendingCommit>();
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < 256 && queue.Reader.TryRead(out PendingCommit? commit))
                batch.Add(commit);
            Write(batch);
        }
    }

    /// <summary>A failing transaction fails its whole batch: callers see it, memory is left as it was, the loop lives on.</summary>
    private void Write(List<PendingCommit> batch)
    {
        try
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            using SqliteCommand put = Prepare(transaction, "INSERT INTO record(kind,id,body) VALUES($kind,$id,$body) ON CONFLICT(kind,id) DO UPDATE SET body=excluded.body", withBody: true);
            using SqliteCommand delete = Prepare(transaction, "DELETE FROM record WHERE kind=$kind AND id=$id", withBody: false);
            foreach (Change change in batch.SelectMany(commit => commit.Changes))
                Apply(change, change.Body is null ? delete : put);
            transaction.Commit();
        }
        catch (Exception exception)
        {
            foreach (PendingCommit commit in batch)
                commit.Done.TrySetException(new EngineException(ErrorKind.Internal, "the state database refused a change: " + exception.Message, exception));
            return;
        }
        foreach (Change change in batch.SelectMany(commit => commit.Changes))
            change.Publish();
        Interlocked.Increment(ref version);
        foreach (PendingCommit commit in batch)
            commit.Done.TrySetResult();
    }

    private SqliteCommand Prepare(SqliteTransaction transaction, string sql, bool withBody)
    {
        SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.Parameters.Add("$kind", SqliteType.Text);
        command.Parameters.Add("$id", SqliteType.Text);
        if (withBody)
            command.Parameters.Add("$body", SqliteType.Blob);
        return command;
    }

    private static void Apply(Change change, SqliteCommand command)
    {
        command.Parameters["$kind"].Value = change.Kind;
        command.Parameters["$id"].Value = change.Id;
        if (change.Body is not null)
            command.Parameters["$body"].Value = change.Body;
        command.ExecuteNonQuery();
    }

    private sealed record PendingCommit(IReadOnlyList<Change> Changes, TaskCompletionSource Done);
}
