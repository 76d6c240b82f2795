using Aegis.Scoring.Commits;

namespace Aegis.Scoring.Storage;

/// <summary>Writes dead letters. A letter that is met again at its place stays unchanged. One that is driven again and
/// fails again becomes a letter of its own.</summary>
internal sealed class DeadLetterWriter(StatementSet statements)
{
    private readonly Statement _insert = statements.Prepare(
        "INSERT OR IGNORE INTO dead_letters (shard, position_ms, position_seq, item, kind, reason, payload, first_seen_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");

    /// <summary>Writes one letter.</summary>
    public void Write(DeadLetter letter) =>
        _insert.Bind(letter.Shard).Bind(letter.Position.Milliseconds).Bind(letter.Position.Sequence).Bind(letter.Item)
            .Bind((long)letter.Kind)
            .Bind(letter.Reason).Bind(letter.Payload.AsSpan()).Bind(letter.FirstSeen.ToUnixTimeMilliseconds()).Execute();
}
