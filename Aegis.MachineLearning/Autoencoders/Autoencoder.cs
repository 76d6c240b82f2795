using System.Runtime.Intrinsics;

namespace Aegis.MachineLearning.Autoencoders;

/// <summary>A dense autoencoder. It reconstructs a row through a narrow code; a row that it reconstructs badly is
/// unusual. Immutable once trained.</summary>
/// <remarks>Any input gives a finite score: infinities are limited, and NaN counts as 0.</remarks>
public sealed class Autoencoder
{
    /// <summary>Inputs are limited to about this many spreads, so that one wild value does not drown the others.</summary>
    public const float DefaultInputLimit = 10;

    /// <summary>Rows computed together. Their values stay in the first-level cache.</summary>
    private const int BlockRows = 32;

    private readonly DenseLayer[] _layers;
    private readonly float[] _errorWeights;
    private readonly float[] _paddedWeights;
    private readonly int _widest;

    /// <param name="layers">The layers, from the inputs to their reconstruction.</param>
    /// <param name="errorWeights">For each input, 1 / its usual squared error, so that noisy inputs do not drown the signal.</param>
    /// <param name="inputLimit">The smooth limit of inputs: x / √(1 + (x/limit)²); above 0.</param>
    /// <exception cref="ArgumentException">There is no layer, the lengths do not fit, or the limit is out of range.</exception>
    public Autoencoder(DenseLayer[] layers, float[] errorWeights, float inputLimit = DefaultInputLimit)
    {
        for (var i = 0; i < layers.Length; i++)
        {
            if (layers[i].Inputs != layers[(i + layers.Length - 1) % layers.Length].Outputs)
            {
                throw new ArgumentException($"Layer {i} takes {layers[i].Inputs} inputs; allowed: what the layer before gives, and the last layer gives the first one's inputs.", nameof(layers));
            }
        }

        if (layers.Length == 0 || errorWeights.Length != layers[0].Inputs)
        {
            throw new ArgumentException(
                $"{layers.Length} layers and {errorWeights.Length} error weights; allowed: 1 or more, and one weight per input.", nameof(
                    errorWeights));
        }

        if (!(inputLimit is > 0 and <= 1e6f))
        {
            throw new ArgumentException($"Input limit is '{inputLimit}'; allowed: above 0, at most 1,000,000.", nameof(inputLimit));
        }

        _layers = layers;
        _errorWeights = errorWeights;
        InputLimit = inputLimit;
        _paddedWeights = new float[Lanes.Pad(errorWeights.Length)];
        errorWeights.CopyTo(_paddedWeights, 0);
        _widest = layers.Max(layer => layer.Width);
        ScratchLength = BlockRows * (_paddedWeights.Length + (2 * _widest));
    }

    /// <summary>The layers, from the inputs to their reconstruction.</summary>
    public ReadOnlySpan<DenseLayer> Layers => _layers;

    /// <summary>The weights of the squared errors, one for each input.</summary>
    public ReadOnlySpan<float> ErrorWeights => _errorWeights;

    /// <summary>The limit of inputs.</summary>
    public float InputLimit { get; }

    /// <summary>The number of inputs.</summary>
    public int InputCount => _layers[0].Inputs;

    /// <summary>The number of floats that scoring works in, for any number of rows.</summary>
    public int ScratchLength { get; }

    /// <summary>The mean weighted squared error of the reconstruction: about 1 for ordinary rows.</summary>
    /// <param name="inputs">One encoded row.</param>
    /// <param name="errors">Receives each input's weighted squared error; their mean is the result.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> floats.</param>
    public double Score(ReadOnlySpan<float> inputs, Span<float> errors, Span<float> scratch)
    {
        var reconstruction = Reconstruct(inputs, 1, scratch, out var x);
        var score = TurnIntoErrors(x, reconstruction);
        x[..inputs.Length].CopyTo(errors);
        return score;
    }

    /// <summary>The scores of many rows. Each has the same bits as the score of that row alone.</summary>
    /// <param name="rows">Encoded rows, one after another.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="scores">Receives one score per row.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> floats.</param>
    /// <exception cref="ArgumentException">The rows are not <paramref name="rowCount"/> × <see cref="InputCount"/> values.</exception>
    public void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores, Span<float> scratch)
    {
        if (rows.Length != (long)rowCount * InputCount)
        {
            throw new ArgumentException($"{rows.Length} values for {rowCount} rows; allowed: {InputCount} each.", nameof(rows));
        }

        var width = _paddedWeights.Length;
        for (var start = 0; start < rowCount; start += BlockRows)
        {
            var count = Math.Min(BlockRows, rowCount - start);
            var reconstruction = Reconstruct(rows.Slice(start * InputCount, count * InputCount), count, scratch, out var x);
            for (var row = 0; row < count; row++)
            {
                scores[start + row] = TurnIntoErrors(x.Slice(row * width, width), reconstruction.Slice(row * width, width));
            }
        }
    }

    /// <summary>Reconstructs a block of rows, each padded to whole vectors.</summary>
    private Span<float> Reconstruct(ReadOnlySpan<float> rows, int rowCount, Span<float> scratch, out Span<float> limited)
    {
        var width = _paddedWeights.Length;
        limited = scratch[..(rowCount * width)];
        for (var row = 0; row < rowCount; row++)
        {
            SoftClip.Apply(rows.Slice(row * InputCount, InputCount), InputLimit, limited.Slice(row * width, width));
        }

        // Layers write to two buffers by turns.
        var input = limited;
        var stride = width;
        for (var i = 0; i < _layers.Length; i++)
        {
            var output = scratch.Slice(BlockRows * (width + (i % 2 * _widest)), BlockRows * _widest);
            _layers[i].Forward(input, stride, rowCount, output);
            stride = _layers[i].Width;
            input = output;
        }

        return input;
    }

    /// <summary>Replaces a row by its weighted squared errors and returns their mean. The errors are added as doubles
    /// in 4 lanes, in a fixed order.</summary>
    private double TurnIntoErrors(Span<float> x, ReadOnlySpan<float> reconstruction)
    {
        Vector256<double> lower = default, upper = default;
        for (var i = 0; i < _paddedWeights.Length; i += Lanes.Count)
        {
            var difference = Vector256.Create(reconstruction.Slice(i, Lanes.Count)) - Vector256.Create<float>(x.Slice(i, Lanes.Count));
            var error = difference * difference * Vector256.Create(_paddedWeights.AsSpan(i, Lanes.Count));
            error.CopyTo(x[i..]);
            lower += Vector256.WidenLower(error);
            upper += Vector256.WidenUpper(error);
        }

        var sums = lower + upper;
        return ((sums[0] + sums[2]) + (sums[1] + sums[3])) / InputCount;
    }
}
