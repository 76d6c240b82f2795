using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>The newest payments whose last verdict is fraud.</summary>
internal sealed class ConfirmedFrauds(Store store, DecisionStore decisions)
{
    /// <summary>The largest number of frauds that are counted or read.</summary>
    public const int MaxRead = 500;

    /// <summary>How many there are, up to <see cref="MaxRead"/>.</summary>
    public int Count() => Ids().Count;

    /// <summary>Those whose stored features this release reads, newest verdict first.</summary>
    public IReadOnlyList<Decision> Read() =>
        [.. Ids().Select(decisions.Find).OfType<Decision>().Where(decision => decision.SchemaHash == FeatureSchema.Hash)];

    private List<string> Ids()
    {
        using var connection = store.Connect();
        return connection.Query<string>(
            """
            SELECT l.id FROM labels l WHERE l.is_fraud = 1 AND NOT EXISTS (
                SELECT 1 FROM labels later WHERE later.id_hash = l.id_hash AND later.id = l.id
                    AND (later.position_ms, later.position_seq) > (l.position_ms, l.position_seq))
            ORDER BY l.labelled_at_ms DESC LIMIT @MaxRead
            """,
            new { MaxRead }).AsList();
    }
}
