using Aegis.Core.Decisions;

namespace Aegis.Rules.Lists;

/// <summary>The entries of a list at one revision. Several threads may read it.</summary>
internal sealed class ListMembers
{
    private readonly Dictionary<ulong, Place> _places;
    private readonly Dictionary<int, int> _entriesByLength;
    private int[] _lengths = [];

    /// <param name="list">The list, without entries.</param>
    public ListMembers(ListInfo list) => (List, _places, _entriesByLength) = (list, [], []);

    private ListMembers(ListMembers before)
    {
        List = before.List;
        _places = new Dictionary<ulong, Place>(before._places);
        _entriesByLength = new Dictionary<int, int>(before._entriesByLength);
    }

    /// <summary>The list.</summary>
    public ListInfo List { get; }

    /// <summary>The number of entries, those included that are not in force any more.</summary>
    public int Count => _places.Count;

    /// <summary>The same list after changes. An entry of a value that stands there already takes its place.</summary>
    public ListMembers After(IEnumerable<ListChange> changes)
    {
        var after = new ListMembers(this);
        foreach (var change in changes)
        {
            after.Take(change);
        }

        // The smallest network that an address is in comes first.
        after._lengths = [.. after._entriesByLength.Where(length => length.Value > 0).Select(length => length.Key).OrderDescending()];
        return after;
    }

    /// <summary>The entry of a value, if it is in force.</summary>
    /// <param name="key">The value's <see cref="ListValues.KeyOf"/>.</param>
    /// <param name="stampMs">The log's stamp of the payment, Unix milliseconds.</param>
    /// <param name="entry">The entry's number.</param>
    public bool Holds(ulong key, long stampMs, out long entry)
    {
        var isThere = _places.TryGetValue(key, out var place) && stampMs < place.UntilMs;
        entry = place.Entry;
        return isThere;
    }

    /// <summary>The entry of the smallest network in force that an address is in.</summary>
    public bool Holds(UInt128 address, long stampMs, out long entry)
    {
        foreach (var length in _lengths)
        {
            if (Holds(Network.Of(address, length).Hash(), stampMs, out entry))
            {
                return true;
            }
        }

        entry = 0;
        return false;
    }

    private void Take(in ListChange change)
    {
        var key = ListValues.KeyOf(List.Of, change.Value);
        var isChanged = change.IsAdded
            ? !_places.ContainsKey(key)
            : _places.TryGetValue(key, out var place) && place.Entry == change.Entry && _places.Remove(key);
        if (change.IsAdded)
        {
            _places[key] = new Place(change.Entry, change.UntilMs);
        }

        if (isChanged && List.Of == ListSubject.Ip && Network.Parse(change.Value) is { } network)
        {
            _entriesByLength[network.Length] = _entriesByLength.GetValueOrDefault(network.Length) + (change.IsAdded ? 1 : -1);
        }
    }

    private readonly record struct Place(long Entry, long UntilMs);
}
