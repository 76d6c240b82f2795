using Aegis.Rules.Lists;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Models;

/// <summary>The lists as they stood at each revision. Shards that stand at one revision share one object.</summary>
internal sealed class ListSets(ListReader reader)
{
    private readonly Lock _lock = new();
    private ListBook _newest = ListBook.Empty;

    /// <summary>The revision of the last change; 0 before the first.</summary>
    public long Newest() => reader.Newest();

    /// <summary>The lists at a revision.</summary>
    public ListBook Get(long revision)
    {
        lock (_lock)
        {
            if (revision < _newest.Revision)
            {
                return reader.Advance(ListBook.Empty, revision);
            }

            return _newest = revision == _newest.Revision ? _newest : reader.Advance(_newest, revision);
        }
    }
}
