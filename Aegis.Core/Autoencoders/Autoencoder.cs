using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Aegis.Core.Autoencoders;

/// <summary>A dense autoencoder: reconstructs a row through a narrow code; what it cannot reconstruct is unusual. Immutable once trained.</summary>
public sealed class Autoencoder
{
    /// <summary>Inputs are cut at this many spreads, so that one wild value does not drown the rest.</summary>
    public const float InputLimit = 10;

    private readonly DenseLayer[] _layers;
    private readonly float[] _errorWeights;
    private readonly float[] _paddedWeights;

    /// <param name="layers">From the inputs to their reconstruction.</param>
    /// <param name="errorWeights">Per input, 1 / its usual squared error, so that noisy inputs do not drown the signal.</param>
    /// <exception cref="ArgumentException">There is no layer, or the lengths do not meet.</exception>
    public Autoencoder(DenseLayer[] layers, float[] errorWeights)
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
            throw new ArgumentException($"{layers.Length} layers and {errorWeights.Length} error weights; allowed: 1 or more, and one weight per input.", nameof(errorWeights));
        }

        _layers = layers;
        _errorWeights = errorWeights;
        _paddedWeights = new float[Lanes.Pad(errorWeights.Length)];
        errorWeights.CopyTo(_paddedWeights, 0);
        ScratchLength = (2 * _paddedWeights.Length) + layers.Sum(layer => layer.Width);
    }

    /// <summary>From the inputs to their reconstruction.</summary>
    public ReadOnlySpan<DenseLayer> Layers => _layers;

    /// <summary>Weights of the squared errors, one per input.</summary>
    public ReadOnlySpan<float> ErrorWeights => _errorWeights;

    /// <summary>The number of inputs.</summary>
    public int InputCount => _layers[0].Inputs;

    /// <summary>Floats that scoring needs to work in, however many rows.</summary>
    public int ScratchLength { get; }

    /// <summary>Cuts inputs at <see cref="InputLimit"/>.</summary>
    public static void Clip(ReadOnlySpan<float> inputs, Span<float> clipped)
    {
        TensorPrimitives.Clamp(inputs, -InputLimit, InputLimit, clipped);
    }

    /// <summary>The mean weighted squared error of the reconstruction: about 1 for ordinary rows.</summary>
    /// <param name="inputs">One encoded row.</param>
    /// <param name="errors">Receives each input's weighted squared error; their mean is the result.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> floats.</param>
    public double Score(ReadOnlySpan<float> inputs, Span<float> errors, Span<float> scratch)
    {
        var score = ScoreRow(inputs, scratch, out var padded);
        padded[..InputCount].CopyTo(errors);
        return score;
    }

    /// <summary>The scores of many rows, each the same to the bit as of that row alone.</summary>
    /// <param name="rows">Encoded rows, one after another.</param>
    /// <param name="rowCount">How many.</param>
    /// <param name="scores">Receives one score per row.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> floats.</param>
    /// <exception cref="ArgumentException">The rows are not <paramref name="rowCount"/> × <see cref="InputCount"/> values.</exception>
    public void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores, Span<float> scratch)
    {
        if (rows.Length != rowCount * InputCount)
        {
            throw new ArgumentException($"{rows.Length} values for {rowCount} rows; allowed: {InputCount} each.", nameof(rows));
        }

        for (var row = 0; row < rowCount; row++)
        {
            scores[row] = ScoreRow(rows.Slice(row * InputCount, InputCount), scratch, out _);
        }
    }

    private double ScoreRow(ReadOnlySpan<float> inputs, Span<float> scratch, out Span<float> errors)
    {
        var width = _paddedWeights.Length;
        var x = scratch[..width];
        Clip(inputs, x);
        x[inputs.Length..].Clear();
        errors = scratch.Slice(width, width);
        var reconstruction = Forward(x, scratch[(2 * width)..]);
        // Added as doubles, in 4 lanes of their own order.
        Vector256<double> lower = default, upper = default;
        for (var i = 0; i < width; i += Lanes.Count)
        {
            var difference = Vector256.Create<float>(reconstruction.Slice(i, Lanes.Count)) - Vector256.Create<float>(x.Slice(i, Lanes.Count));
            var error = difference * difference * Vector256.Create(_paddedWeights.AsSpan(i, Lanes.Count));
            error.CopyTo(errors[i..]);
            lower += Vector256.WidenLower(error);
            upper += Vector256.WidenUpper(error);
        }

        var sums = lower + upper;
        return ((sums[0] + sums[2]) + (sums[1] + sums[3])) / inputs.Length;
    }

    private Span<float> Forward(ReadOnlySpan<float> x, Span<float> scratch)
    {
        var output = Span<float>.Empty;
        foreach (var layer in _layers)
        {
            output = scratch[..layer.Width];
            layer.Forward(x, output);
            x = output;
            scratch = scratch[layer.Width..];
        }

        return output;
    }
}
