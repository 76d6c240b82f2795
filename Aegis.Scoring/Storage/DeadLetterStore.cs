using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Aegis.Streams.Entries;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>Reads dead letters and notes which were driven again.</summary>
internal sealed class DeadLetterStore(Store store)
{
    private const int PageLength = 500;
    private const string Columns = "shard, position_ms AS PositionMs, position_seq AS PositionSeq, item, kind, reason, payload, first_seen_ms AS FirstSeenMs, driven_again_ms AS DrivenAgainMs";

    /// <summary>The newest dead letters; with a key, only those before it.</summary>
    public IReadOnlyList<DeadLetter> List(int limit, bool isOpenOnly, DeadLetterKey? before)
    {
        using var connection = store.Connect();
        return [.. connection.Query<Row>(
            $"""
            SELECT {Columns} FROM dead_letters
            WHERE (@isOpenOnly = 0 OR driven_again_ms IS NULL) AND (@ms IS NULL OR (position_ms, position_seq, shard, item) < (@ms, @seq, @shard, @item))
            ORDER BY position_ms DESC, position_seq DESC, shard DESC, item DESC LIMIT @limit
            """,
            new { isOpenOnly = isOpenOnly ? 1 : 0, ms = before?.Position.Milliseconds, seq = before?.Position.Sequence,
                shard = before?.Shard, item = before?.Item, limit })
            .Select(row => row.ToLetter())];
    }

    /// <summary>Every dead letter, oldest first. They are read in pages, so that a slow reader holds up no writer.</summary>
    public IEnumerable<DeadLetter> All()
    {
        for (DeadLetterKey? after = null; ;)
        {
            var page = Page(after);
            foreach (var letter in page)
            {
                yield return letter;
            }

            if (page.Count < PageLength)
            {
                yield break;
            }

            after = DeadLetterKey.Of(page[^1]);
        }
    }

    /// <summary>One dead letter; null if there is none with this key.</summary>
    public DeadLetter? Find(DeadLetterKey key)
    {
        using var connection = store.Connect();
        return connection.QuerySingleOrDefault<Row>(
            $"SELECT {Columns} FROM dead_letters WHERE shard = @Shard AND position_ms = @ms AND position_seq = @seq AND item = @Item",
            new { key.Shard, ms = key.Position.Milliseconds, seq = key.Position.Sequence, key.Item })?.ToLetter();
    }

    /// <summary>Notes that a dead letter was appended again.</summary>
    public void NoteDrivenAgain(DeadLetterKey key, DateTimeOffset at)
    {
        using var connection = store.Connect();
        lock (store.Turn)
        {
            connection.Execute(
                "UPDATE dead_letters SET driven_again_ms = @at WHERE shard = @Shard AND position_ms = @ms AND position_seq = @seq AND item = @Item",
                new { at = at.ToUnixTimeMilliseconds(), key.Shard, ms = key.Position.Milliseconds, seq = key.Position.Sequence, key.Item });
        }
    }

    private List<DeadLetter> Page(DeadLetterKey? after)
    {
        using var connection = store.Connect();
        return [.. connection.Query<Row>(
            $"""
            SELECT {Columns} FROM dead_letters WHERE (position_ms, position_seq, shard, item) > (@ms, @seq, @shard, @item)
            ORDER BY position_ms, position_seq, shard, item LIMIT @PageLength
            """,
            new { ms = after?.Position.Milliseconds ?? -1, seq = after?.Position.Sequence ?? 0, shard = after?.Shard
                ?? 0, item = after?.Item ?? 0, PageLength })
            .Select(row => row.ToLetter())];
    }

    private sealed class Row
    {
        public int Shard { get; init; }
        public long PositionMs { get; init; }
        public long PositionSeq { get; init; }
        public int Item { get; init; }
        public long Kind { get; init; }
        public string Reason { get; init; } = "";
        public byte[] Payload { get; init; } = [];
        public long FirstSeenMs { get; init; }
        public long? DrivenAgainMs { get; init; }

        public DeadLetter ToLetter() => new(
            Shard, new LogPosition(PositionMs, PositionSeq), Item, (EntryKind)Kind, Reason, Payload,
            DateTimeOffset.FromUnixTimeMilliseconds(FirstSeenMs),
            DrivenAgainMs is { } again ? DateTimeOffset.FromUnixTimeMilliseconds(again) : null);
    }
}

/// <summary>The key of a dead letter, written <c>1700000000000-3-12-0</c>: position, shard and item.</summary>
internal readonly record struct DeadLetterKey(int Shard, LogPosition Position, int Item)
{
    /// <summary>The key of a letter.</summary>
    public static DeadLetterKey Of(DeadLetter letter) => new(letter.Shard, letter.Position, letter.Item);

    /// <summary>Reads a key.</summary>
    public static bool TryParse(string? text, out DeadLetterKey key)
    {
        key = default;
        if (text?.Split('-') is not [var ms, var seq, var shard, var item]
            || !LogPosition.TryParse($"{ms}-{seq}".AsSpan(), out var position)
            || !int.TryParse(shard, out var number) || !int.TryParse(item, out var index))
        {
            return false;
        }

        key = new DeadLetterKey(number, position, index);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Position}-{Shard}-{Item}";
}
