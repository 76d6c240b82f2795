using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Aegis.Core.Numerics;

namespace Aegis.MachineLearning.Autoencoders;

/// <summary>A few rows on their way through a network and back. It owns its working memory, so blocks run in parallel.</summary>
/// <remarks>A batch is always cut into the same blocks, and their gradients are added in order. So results do not
/// depend on the number of threads.</remarks>
internal sealed class TrainingBlock
{
    /// <summary>The largest number of rows.</summary>
    public const int MaxRows = 32;

    private readonly int _columns;
    private readonly int _width;
    private readonly float[] _target;
    private readonly float[] _input;
    private readonly float[][] _sums;
    private readonly float[][] _outputs;
    private readonly float[][] _gradients;
    private float[] _delta;
    private float[] _nextDelta;
    private int _rows;

    /// <param name="layers">The network's shape. Each pass gets the weights.</param>
    public TrainingBlock(ReadOnlySpan<DenseLayer> layers)
    {
        _columns = layers[0].Inputs;
        _width = Lanes.Pad(_columns);
        _target = new float[MaxRows * _width];
        _input = new float[MaxRows * _width];
        _sums = new float[layers.Length][];
        _outputs = new float[layers.Length][];
        _gradients = new float[layers.Length][];
        var widest = 0;
        for (var i = 0; i < layers.Length; i++)
        {
            _sums[i] = new float[MaxRows * layers[i].Width];
            _outputs[i] = new float[MaxRows * layers[i].Width];
            _gradients[i] = new float[layers[i].Parameters.Length];
            widest = Math.Max(widest, layers[i].Width);
        }

        _delta = new float[MaxRows * widest];
        _nextDelta = new float[MaxRows * widest];
    }

    /// <summary>The gradient of the summed error by a layer's parameters, in their order, from the last pass.</summary>
    public ReadOnlySpan<float> Gradient(int layer) => _gradients[layer];

    /// <summary>Loads rows of a table as targets, and as inputs with noise added.</summary>
    /// <param name="table">Rows padded to whole vectors.</param>
    /// <param name="rows">The indexes of the rows, 1 to <see cref="MaxRows"/> of them.</param>
    /// <param name="noise">The standard deviation of the noise; 0 for none.</param>
    /// <param name="random">The source of the noise.</param>
    public void Load(ReadOnlySpan<float> table, ReadOnlySpan<int> rows, float noise, SeededRandom random)
    {
        _rows = rows.Length;
        for (var row = 0; row < rows.Length; row++)
        {
            table.Slice(rows[row] * _width, _width).CopyTo(_target.AsSpan(row * _width));
        }

        Array.Copy(_target, _input, _rows * _width);
        for (var row = 0; row < _rows && noise > 0; row++)
        {
            foreach (ref var value in _input.AsSpan(row * _width, _columns))
            {
                value += noise * NearlyNormal(random.NextBits());
            }
        }
    }

    /// <summary>Computes the reconstruction.</summary>
    public void Forward(ReadOnlySpan<DenseLayer> layers)
    {
        var (input, stride) = (_input, _width);
        for (var i = 0; i < layers.Length; i++)
        {
            var length = _rows * layers[i].Width;
            layers[i].Sum(input, stride, _rows, _sums[i]);
            _sums[i].AsSpan(0, length).CopyTo(_outputs[i]);
            ActivationKernel.Apply(layers[i].Activation, _outputs[i].AsSpan(0, length));
            (input, stride) = (_outputs[i], layers[i].Width);
        }
    }

    /// <summary>Adds each column's squared error, after <see cref="Forward"/>.</summary>
    public void AddErrors(Span<double> totals)
    {
        for (var row = 0; row < _rows; row++)
        {
            for (var column = 0; column < _columns; column++)
            {
                double difference = _outputs[^1][(row * _width) + column] - _target[(row * _width) + column];
                totals[column] += difference * difference;
            }
        }
    }

    /// <summary>Computes the gradients of the rows' mean squared errors, summed over the rows, after <see cref="Forward"/>.</summary>
    /// <param name="layers">The network.</param>
    /// <param name="transposed">The layers' weights, output by output, padded to whole vectors of inputs.</param>
    public void Backward(ReadOnlySpan<DenseLayer> layers, float[][] transposed)
    {
        var factor = 2f / _columns;
        for (var i = 0; i < _rows * _width; i++)
        {
            _delta[i] = factor * (_outputs[^1][i] - _target[i]);
        }

        for (var i = layers.Length - 1; i >= 0; i--)
        {
            var layer = layers[i];
            var delta = _delta.AsSpan(0, _rows * layer.Width);
            ActivationKernel.Backward(layer.Activation, _sums[i].AsSpan(0, delta.Length), delta);
            var (input, stride) = i == 0 ? (_input, _width) : (_outputs[i - 1], layers[i - 1].Width);
            var x = StridedMatrix.Of(input, _rows, layer.Inputs, stride);
            MatrixProduct.Multiply(x.Transposed, delta, layer.Width, [], _gradients[i]);
            SumRows(delta, layer.Width, _gradients[i].AsSpan(layer.Inputs * layer.Width));
            if (i > 0)
            {
                MatrixProduct.Multiply(StridedMatrix.Of(delta, _rows, layer.Outputs, layer.Width), transposed[i], stride, [], _nextDelta);
                (_delta, _nextDelta) = (_nextDelta, _delta);
            }
        }
    }

    private static void SumRows(ReadOnlySpan<float> rows, int width, Span<float> sums)
    {
        ref var first = ref MemoryMarshal.GetReference(rows);
        for (var column = 0; column < width; column += Lanes.Count)
        {
            var sum = Vector256<float>.Zero;
            for (var at = column; at < rows.Length; at += width)
            {
                sum += Vector256.LoadUnsafe(ref first, (nuint)at);
            }

            sum.CopyTo(sums[column..]);
        }
    }

    /// <summary>Adds four uniform numbers (Irwin and Hall) and scales the sum to a standard deviation of 1. This is
    /// normal enough for noise, at a tenth of the cost.</summary>
    private static float NearlyNormal(ulong bits)
    {
        var sum = (int)(bits & 0xffff) + (int)((bits >> 16) & 0xffff) + (int)((bits >> 32) & 0xffff) + (int)(bits >> 48);
        return (sum - 131_070) * (1.7320508f / 65_536);
    }
}
