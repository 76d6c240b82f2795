namespace Aegis.MachineLearning.Forests.Sweep;

/// <summary>Deals trees into groups of neighbours whose thresholds of each column a byte can number.</summary>
/// <param name="thresholds">Of each column how many thresholds there are in all trees.</param>
internal sealed class RankMaps(int[] thresholds)
{
    private const int MaxThresholds = byte.MaxValue;

    /// <summary>Of each column and threshold the last group that has it.</summary>
    private readonly int[][] _groups = [.. thresholds.Select(count => new int[count])];
    private readonly int[] _counts = new int[thresholds.Length];
    private readonly List<(int Column, int Threshold)> _added = [];
    private int _group = 1;

    /// <summary>Takes a split's threshold into the group; false where its column has too many then.</summary>
    public bool TryAdd(int column, int threshold)
    {
        if (_groups[column][threshold] == _group)
        {
            return true;
        }

        _groups[column][threshold] = _group;
        _added.Add((column, threshold));
        return ++_counts[column] <= MaxThresholds;
    }

    /// <summary>What was added since belongs to a tree that the group has.</summary>
    public void Keep() => _added.Clear();

    /// <summary>Takes out again what was added since.</summary>
    public void Drop()
    {
        foreach (var (column, threshold) in _added)
        {
            _groups[column][threshold] = 0;
            _counts[column]--;
        }

        _added.Clear();
    }

    /// <summary>Ends the group.</summary>
    /// <returns>Of each column, for each rank among all thresholds, the rank among those of the group, less 128.</returns>
    public sbyte[][] Close()
    {
        var maps = new sbyte[_groups.Length][];
        for (var column = 0; column < maps.Length; column++)
        {
            var map = maps[column] = new sbyte[_groups[column].Length + 1];
            var rank = (int)sbyte.MinValue;
            map[0] = sbyte.MinValue;
            for (var threshold = 0; threshold < _groups[column].Length; threshold++)
            {
                rank += _groups[column][threshold] == _group ? 1 : 0;
                map[threshold + 1] = (sbyte)rank;
            }
        }

        Array.Clear(_counts);
        _group++;
        return maps;
    }
}
