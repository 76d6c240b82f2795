namespace Aegis.MachineLearning.Forests.Sweep;

/// <summary>Deals trees into groups of neighbours. In each group a byte can number the thresholds of every column.</summary>
/// <param name="thresholds">For each column, the number of thresholds in all trees.</param>
internal sealed class RankMaps(int[] thresholds)
{
    private const int MaxThresholds = byte.MaxValue;

    /// <summary>For each column and threshold, the last group that has it.</summary>
    private readonly int[][] _groups = [.. thresholds.Select(count => new int[count])];
    private readonly int[] _counts = new int[thresholds.Length];
    private readonly List<(int Column, int Threshold)> _added = [];
    private int _group = 1;

    /// <summary>Adds a split's threshold to the group; false if its column then has too many.</summary>
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

    /// <summary>Keeps what was added since the last call, because its tree joins the group.</summary>
    public void Keep() => _added.Clear();

    /// <summary>Removes what was added since the last call.</summary>
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
    /// <returns>For each column, a map from the rank among all thresholds to the rank among those of the group, less 128.</returns>
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
