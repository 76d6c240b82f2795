namespace Aegis.Core.Numerics;

/// <summary>The mean and variance of a stream (Welford). It forgets slowly once <c>memory</c> values have been seen.</summary>
public struct RunningNorm
{
    private float _weight;
    private float _mean;
    private float _squares;

    /// <summary>The number of values that count, at most the memory given to <see cref="Add"/>.</summary>
    public readonly float Weight => _weight;

    /// <summary>The plain mean; 0 before the first value.</summary>
    public readonly float Mean => _mean;

    /// <summary>Adds one value.</summary>
    public void Add(double value, float memory)
    {
        if (_weight >= memory)
        {
            _squares *= (memory - 1) / _weight;
            _weight = memory - 1;
        }

        _weight++;
        var delta = value - _mean;
        _mean += (float)(delta / _weight);
        _squares += (float)(delta * (value - _mean));
    }

    /// <summary>Adds the values of another norm, as if they came now (Chan's parallel update).</summary>
    public void Add(in RunningNorm other, float memory)
    {
        if (other._weight == 0)
        {
            return;
        }

        var total = _weight + other._weight;
        var delta = other._mean - _mean;
        _mean += delta * (other._weight / total);
        _squares += other._squares + (delta * delta * (_weight * (other._weight / total)));
        _weight = total;
        if (_weight > memory)
        {
            _squares *= memory / _weight;
            _weight = memory;
        }
    }

    /// <summary>The mean, pulled towards <paramref name="priorMean"/> as if by <paramref name="priorWeight"/> further values.</summary>
    public readonly double ShrunkMean(double priorMean, double priorWeight) =>
        ((_weight * (double)_mean) + (priorWeight * priorMean)) / (_weight + priorWeight);

    /// <summary>The variance, pulled towards <paramref name="priorVariance"/> in the same way.</summary>
    public readonly double ShrunkVariance(double priorVariance, double priorWeight) =>
        (_squares + (priorWeight * priorVariance)) / (_weight + priorWeight);
}
