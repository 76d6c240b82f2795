using Aegis.Rules.Lists;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Backtests;

/// <summary>The lists as they stood at the revisions of stored decisions. Shards change revision a little apart, so the last few
/// are kept.</summary>
internal sealed class ListHistory(ListReader reader)
{
    private const int MaxKept = 16;

    private readonly SortedDictionary<long, ListBook> _kept = [];

    /// <summary>The lists at a revision.</summary>
    public ListBook At(long revision)
    {
        if (_kept.TryGetValue(revision, out var book))
        {
            return book;
        }

        var before = _kept.Where(kept => kept.Key < revision).Select(kept => kept.Value).LastOrDefault() ?? ListBook.Empty;
        if (_kept.Count == MaxKept)
        {
            _kept.Remove(_kept.Keys.First());
        }

        return _kept[revision] = revision == 0 ? ListBook.Empty : reader.Advance(before, revision);
    }
}
